package org.jswtpm.engine.tpm2;

/**
 * One handle of a command's handle area.
 *
 * @param type what the handle may refer to
 * @param role which authorization it needs (Part 1, 19.2)
 */
public record HandleSlot(HandleType type, Role role) {
    /** The authorization roles. */
    public enum Role {
        /** No authorization. */
        NONE,
        USER,
        ADMIN,
        DUP
    }
}
