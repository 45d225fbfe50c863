package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;

/** TPM_CAP (Part 2, 6.12), with how many elements a list of it may have. */
enum Capability {
    ALGS(0x0, 127),
    HANDLES(0x1, 254),
    COMMANDS(0x2, 254),
    PP_COMMANDS(0x3, 254),
    AUDIT_COMMANDS(0x4, 254),
    PCRS(0x5, 4),
    TPM_PROPERTIES(0x6, 127),
    PCR_PROPERTIES(0x7, 127),
    ECC_CURVES(0x8, 508),
    AUTH_POLICIES(0x9, 14),
    ACT(0xA, 84),
    VENDOR_PROPERTY(0x100, 0);

    private static final Capability[] ALL = values();

    private final int value;
    private final int maxCount;

    Capability(int value, int maxCount) {
        this.value = value;
        this.maxCount = maxCount;
    }

    /** Reads it; else TPM_RC_VALUE. */
    static Capability unmarshal(WireReader in) {
        int value = in.uint32();
        for (Capability capability : ALL) {
            if (capability.value == value) {
                return capability;
            }
        }
        throw TpmRc.VALUE.exception();
    }

    int value() {
        return value;
    }

    int maxCount() {
        return maxCount;
    }
}
