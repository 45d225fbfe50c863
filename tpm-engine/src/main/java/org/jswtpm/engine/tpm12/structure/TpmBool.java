package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_BOOL (Part 2, 2.2.2). */
public final class TpmBool {
    private TpmBool() {}

    /** 0 or 1; else TPM_BAD_PARAMETER. */
    public static boolean unmarshal(WireReader in) {
        int value = in.uint8();
        TpmResult.check(value <= 1, BAD_PARAMETER);
        return value == 1;
    }

    /** Writes 0 or 1. */
    public static void marshal(boolean value, WireWriter out) {
        out.uint8(value ? 1 : 0);
    }
}
