package org.jswtpm.engine.tpm2.entity;

/**
 * For what an entity is to be authorized.
 *
 * @param role the role of its handle in the command's row
 * @param writesNv whether the command writes to an NV Index, or locks its writing
 */
public record AuthUse(Role role, boolean writesNv) {
    /** The roles that need authorization (Part 1, 19.2). */
    public enum Role {
        USER,
        ADMIN,
        DUP
    }

    /** Whether the role is one that an auth value gives only if the entity says so. */
    public boolean isAboveUser() {
        return role != Role.USER;
    }
}
