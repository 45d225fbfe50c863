package org.jswtpm.engine.tpm12.command.ownership;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;

/**
 * TSC_PhysicalPresence: says that somebody is there, or how that can be said.
 *
 * <p>Part 3, 6.6. TPM_BAD_PARAMETER.
 */
public final class PhysicalPresence implements Command<PhysicalPresence.In, Void> {
    private static final int LOCK = 0x0004;
    private static final int PRESENT = 0x0008;
    private static final int NOTPRESENT = 0x0010;
    private static final int CMD_ENABLE = 0x0020;
    private static final int HW_ENABLE = 0x0040;
    private static final int LIFETIME_LOCK = 0x0080;
    private static final int CMD_DISABLE = 0x0100;
    private static final int HW_DISABLE = 0x0200;

    private static final int HOW = LIFETIME_LOCK | HW_ENABLE | CMD_ENABLE | HW_DISABLE | CMD_DISABLE;
    private static final int WHETHER = LOCK | PRESENT | NOTPRESENT;

    record In(int presence) {
        boolean has(int mask) {
            return (presence & mask) != 0;
        }

        boolean hasAll(int mask) {
            return (presence & mask) == mask;
        }
    }

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(!in.has(~(HOW | WHETHER)), BAD_PARAMETER);
        check(in.has(HOW) != in.has(WHETHER), BAD_PARAMETER);
        if (in.has(HOW)) {
            setHow(in, tpm);
        } else {
            setWhether(in, tpm);
        }
        return null;
    }

    private static void setHow(In in, TpmState tpm) {
        check(!tpm.permanentFlags().is(PermanentFlag.PHYSICAL_PRESENCE_LIFETIME_LOCK), BAD_PARAMETER);
        check(!in.hasAll(HW_ENABLE | HW_DISABLE) && !in.hasAll(CMD_ENABLE | CMD_DISABLE), BAD_PARAMETER);
        boolean isChanged = false;
        if (in.has(HW_ENABLE | HW_DISABLE)) {
            isChanged = tpm.permanentFlags().set(PermanentFlag.PHYSICAL_PRESENCE_HW_ENABLE, in.has(HW_ENABLE));
        }
        if (in.has(CMD_ENABLE | CMD_DISABLE)) {
            isChanged |= tpm.permanentFlags().set(PermanentFlag.PHYSICAL_PRESENCE_CMD_ENABLE, in.has(CMD_ENABLE));
        }
        if (in.has(LIFETIME_LOCK)) {
            isChanged |= tpm.permanentFlags().set(PermanentFlag.PHYSICAL_PRESENCE_LIFETIME_LOCK, true);
        }
        if (isChanged) {
            tpm.nvChanged();
        }
    }

    private static void setWhether(In in, TpmState tpm) {
        check(tpm.permanentFlags().is(PermanentFlag.PHYSICAL_PRESENCE_CMD_ENABLE), BAD_PARAMETER);
        check(!in.hasAll(LOCK | PRESENT) && !in.hasAll(PRESENT | NOTPRESENT), BAD_PARAMETER);
        check(!tpm.stclearFlags().is(StclearFlag.PHYSICAL_PRESENCE_LOCK), BAD_PARAMETER);
        tpm.stclearFlags().set(StclearFlag.PHYSICAL_PRESENCE, in.has(PRESENT));
        if (in.has(LOCK)) {
            tpm.stclearFlags().set(StclearFlag.PHYSICAL_PRESENCE_LOCK, true);
        }
    }
}
