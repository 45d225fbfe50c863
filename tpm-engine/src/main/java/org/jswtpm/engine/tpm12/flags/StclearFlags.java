package org.jswtpm.engine.tpm12.flags;

import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The flags that TPM_Startup(ST_CLEAR) resets (Part 2, 7.2). */
public final class StclearFlags {
    private int bits;

    /** Whether the flag is set. */
    public boolean is(StclearFlag flag) {
        return (bits & bit(flag)) != 0;
    }

    public void set(StclearFlag flag, boolean value) {
        bits = value ? bits | bit(flag) : bits & ~bit(flag);
    }

    /** All flags: flag n is bit n, as TPM_GetCapabilityOwner gives them. */
    public int bits() {
        return bits;
    }

    /** TPM_STCLEAR_FLAGS: an octet for each flag. */
    public void marshal(WireWriter out) {
        StructureTag.STCLEAR_FLAGS.marshal(out);
        for (StclearFlag flag : StclearFlag.values()) {
            TpmBool.marshal(is(flag), out);
        }
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        StructureTag.STCLEAR_FLAGS.unmarshal(in);
        for (StclearFlag flag : StclearFlag.values()) {
            set(flag, TpmBool.unmarshal(in));
        }
    }

    private static int bit(StclearFlag flag) {
        return 1 << flag.ordinal();
    }
}
