package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;

/** TPM_CLOCK_ADJUST (Part 2, 6.8): by how much the rate of the clock is to change. */
public enum ClockAdjust {
    COARSE_SLOWER,
    MEDIUM_SLOWER,
    FINE_SLOWER,
    NO_CHANGE,
    FINE_FASTER,
    MEDIUM_FASTER,
    COARSE_FASTER;

    private static final int FIRST = -3;

    /** Reads it; else TPM_RC_VALUE. */
    public static ClockAdjust unmarshal(WireReader in) {
        int index = (byte) in.uint8() - FIRST;
        TpmRc.check(index >= 0 && index < values().length, TpmRc.VALUE);
        return values()[index];
    }
}
