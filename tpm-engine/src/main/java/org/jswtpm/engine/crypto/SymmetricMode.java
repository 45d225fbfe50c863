package org.jswtpm.engine.crypto;

/** The block cipher modes of a TPM (TPMI_ALG_SYM_MODE, Part 2, 9.32). */
public enum SymmetricMode {
    CTR(0x0040),
    OFB(0x0041),
    CBC(0x0042),
    CFB(0x0043),
    ECB(0x0044);

    private final int algId;

    SymmetricMode(int algId) {
        this.algId = algId;
    }

    /** The TPM_ALG_ID (Part 2, 6.3). */
    public int algId() {
        return algId;
    }

    /** Whether data must come in whole blocks. */
    public boolean needsWholeBlocks() {
        return this == CBC || this == ECB;
    }
}
