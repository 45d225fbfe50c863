package org.jswtpm.engine.tpm12.auth;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;

/** TPM_PROTOCOL_ID (Part 2, 4.5) of authorization sessions. */
public enum Protocol {
    OIAP(1),
    OSAP(2),
    DSAP(6);

    private final int value;

    Protocol(int value) {
        this.value = value;
    }

    /** The number in a state. */
    public int value() {
        return value;
    }

    /** The protocol with this number; else TPM_INVALID_STRUCTURE: only states and contexts have it. */
    static Protocol of(int value) {
        return switch (value) {
            case 1 -> OIAP;
            case 2 -> OSAP;
            case 6 -> DSAP;
            default -> throw INVALID_STRUCTURE.exception();
        };
    }
}
