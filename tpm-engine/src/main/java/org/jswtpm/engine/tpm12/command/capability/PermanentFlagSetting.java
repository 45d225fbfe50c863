package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEACTIVATED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_SET;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.structure.Locality;

/** Who may set which of TPM_PERMANENT_FLAGS, and when (Part 2, 7.1). */
final class PermanentFlagSetting {
    private final TpmState tpm;
    private final boolean isOwner;

    /** @param isOwner whether the owner has authorized the command */
    PermanentFlagSetting(TpmState tpm, boolean isOwner) {
        this.tpm = tpm;
        this.isOwner = isOwner;
    }

    /**
     * Sets a flag.
     *
     * @param subCap TPM_PF_..., which counts the flags from 1 in their order
     */
    void set(int subCap, boolean value) {
        PermanentFlag[] flags = PermanentFlag.values();
        check(subCap >= 1 && subCap <= flags.length, BAD_PARAMETER);
        PermanentFlag flag = flags[subCap - 1];
        checkAllowed(flag, value);
        if (tpm.permanentFlags().set(flag, value)) {
            tpm.nvChanged();
        }
    }

    private void checkAllowed(PermanentFlag flag, boolean value) {
        switch (flag) {
            case DISABLE -> check(isOwner || tpm.isPhysicallyPresent(), AUTHFAIL);
            case OWNERSHIP -> {
                check(!tpm.permanent().isOwnerInstalled(), OWNER_SET);
                check(tpm.isPhysicallyPresent(), AUTHFAIL);
                checkOperational(tpm);
            }
            case DEACTIVATED -> {
                check(tpm.isPhysicallyPresent(), AUTHFAIL);
                checkEnabled(tpm);
            }
            case READ_PUBEK, READ_SRK_PUB -> checkOwner(true);
            case DISABLE_OWNER_CLEAR -> checkOwner(value);
            case ALLOW_MAINTENANCE -> checkOwner(!value);
            case TPM_ESTABLISHED -> {
                Locality.check(Locality.THREE | Locality.FOUR, tpm.locality());
                check(!value, BAD_PARAMETER);
            }
            case DISABLE_FULL_DA_LOGIC_INFO -> check(isOwner, AUTHFAIL);
            default -> throw BAD_PARAMETER.exception();
        }
    }

    private void checkOwner(boolean isValuePossible) {
        check(isOwner, AUTHFAIL);
        check(isValuePossible, BAD_PARAMETER);
        checkOperational(tpm);
    }

    /** TPM_DISABLED, TPM_DEACTIVATED. */
    static void checkOperational(TpmState tpm) {
        checkEnabled(tpm);
        check(!tpm.stclearFlags().is(StclearFlag.DEACTIVATED), DEACTIVATED);
    }

    private static void checkEnabled(TpmState tpm) {
        check(!tpm.permanentFlags().is(PermanentFlag.DISABLE), DISABLED);
    }
}
