package org.jswtpm.engine.tpm12.flags;

import static org.jswtpm.engine.tpm12.flags.PermanentFlag.ALLOW_MAINTENANCE;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.DEACTIVATED;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.DISABLE;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.DISABLE_FULL_DA_LOGIC_INFO;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.DISABLE_OWNER_CLEAR;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.ENABLE_REVOKE_EK;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.MAINTENANCE_DONE;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.OPERATOR;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.OWNERSHIP;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.READ_PUBEK;
import static org.jswtpm.engine.tpm12.flags.PermanentFlag.READ_SRK_PUB;

import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.WireWriter;

/** The flags that outlive power cycles (Part 2, 7.1). */
public final class PermanentFlags {
    private int bits = bit(OWNERSHIP) | bit(READ_PUBEK) | bit(ALLOW_MAINTENANCE) | bit(ENABLE_REVOKE_EK);

    /** Whether the flag is set. */
    public boolean is(PermanentFlag flag) {
        return (bits & bit(flag)) != 0;
    }

    /**
     * Sets or clears the flag.
     *
     * @return whether that changed it
     */
    public boolean set(PermanentFlag flag, boolean value) {
        boolean isChanged = is(flag) != value;
        bits = value ? bits | bit(flag) : bits & ~bit(flag);
        return isChanged;
    }

    /** What clearing the owner makes of the flags (Part 3, 6.1); libtpms allows no maintenance from then on. */
    public void clearOwner() {
        set(DISABLE, true);
        set(DEACTIVATED, true);
        set(READ_PUBEK, true);
        set(DISABLE_OWNER_CLEAR, false);
        set(DISABLE_FULL_DA_LOGIC_INFO, false);
        set(ALLOW_MAINTENANCE, false);
        set(READ_SRK_PUB, false);
        set(OWNERSHIP, true);
        set(OPERATOR, false);
        set(MAINTENANCE_DONE, false);
    }

    /** All flags: flag n is bit n. */
    public int bits() {
        return bits;
    }

    public void setBits(int bits) {
        this.bits = bits;
    }

    /** TPM_PERMANENT_FLAGS as TPM_CAP_FLAG gives it: an octet for each flag. */
    public void marshal(WireWriter out) {
        StructureTag.PERMANENT_FLAGS.marshal(out);
        for (PermanentFlag flag : PermanentFlag.values()) {
            TpmBool.marshal(is(flag), out);
        }
    }

    private static int bit(PermanentFlag flag) {
        return 1 << flag.ordinal();
    }
}
