package org.jswtpm.engine.tpm12.dispatch;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DEACTIVATED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_POSTINIT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSRK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;

/** Whether a command can run in the state in which the TPM is (Part 2, 17; Part 1, 9). */
final class StateCheck {
    private final TpmState tpm;

    StateCheck(TpmState tpm) {
        this.tpm = tpm;
    }

    /** The checks in the order of libtpms; TPM_Startup knows its own. */
    void run(Ordinal ordinal, boolean isAuthorized) {
        if (ordinal == Ordinal.STARTUP) {
            return;
        }
        if (ordinal == Ordinal.RESET_LOCK_VALUE) {
            tpm.lockout().allowReset(tpm.lockout().isActive());
        }
        if (ordinal.waitsForLockout() && isAuthorized) {
            tpm.lockout().checkInactive();
        }
        check(!ordinal.needsWorkingTpm() || !tpm.selfTest().isFailed(), FAILEDSELFTEST);
        check(!tpm.stanyFlags().isPostInitialise(), INVALID_POSTINIT);
        boolean isOpen =
                ordinal.isOpenWhileNvIsUnlocked() && !tpm.permanentFlags().is(PermanentFlag.NV_LOCKED);
        if (ordinal.needsEnabled() && !isOpen) {
            check(!tpm.permanentFlags().is(PermanentFlag.DISABLE), DISABLED);
        }
        if (ordinal.needsActivated() && !isOpen) {
            check(!tpm.stclearFlags().is(StclearFlag.DEACTIVATED), DEACTIVATED);
        }
        check(!ordinal.needsOwner() || tpm.permanent().isOwnerInstalled(), NOSRK);
    }
}
