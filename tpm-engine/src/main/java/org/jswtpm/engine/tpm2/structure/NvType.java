package org.jswtpm.engine.tpm2.structure;

/** TPM_NT, the kind of an NV Index (Part 2, 13.2). */
public enum NvType {
    /** Octets without meaning to the TPM. */
    ORDINARY,
    /** 64 bits that can only be incremented. */
    COUNTER,
    /** 64 bits that can only be set. */
    BITS,
    /** A digest that can only be extended. */
    EXTEND,
    /** Counts failures of the auth value. */
    PIN_FAIL,
    /** Counts successes of the auth value. */
    PIN_PASS;

    /** The kind of the four bits {@code value}, or null where they have no meaning. */
    static NvType of(int value) {
        return switch (value) {
            case 0x0 -> ORDINARY;
            case 0x1 -> COUNTER;
            case 0x2 -> BITS;
            case 0x4 -> EXTEND;
            case 0x8 -> PIN_FAIL;
            case 0x9 -> PIN_PASS;
            default -> null;
        };
    }
}
