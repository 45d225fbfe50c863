package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;

/** TPMI_YES_NO (Part 2, 9.2). */
public final class TpmiYesNo {
    private TpmiYesNo() {}

    /** Else TPM_RC_VALUE. */
    public static boolean unmarshal(WireReader in) {
        int octet = in.uint8();
        TpmRc.check(octet <= 1, TpmRc.VALUE);
        return octet == 1;
    }
}
