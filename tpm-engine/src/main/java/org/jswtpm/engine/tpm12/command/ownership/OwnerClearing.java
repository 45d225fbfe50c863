package org.jswtpm.engine.tpm12.command.ownership;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeySlot;

/** What TPM_OwnerClear, TPM_ForceClear and TPM_RevokeTrust do (Part 3, 6.2): the owner and all that depends on the owner go. */
public final class OwnerClearing {
    private OwnerClearing() {}

    /** Clears the owner; areas of NV with the D bit stay. */
    public static void run(TpmState tpm) {
        run(tpm, false);
    }

    /** As {@link #run(TpmState)}; areas of NV with the D bit go, too. */
    public static void runAndDeleteNv(TpmState tpm) {
        run(tpm, true);
    }

    private static void run(TpmState tpm, boolean withDBit) {
        for (int i = 0; i < tpm.keys().size(); i++) {
            KeySlot slot = tpm.keys().at(i);
            if (slot != null) {
                tpm.flushKey(slot);
            }
        }
        tpm.permanent().clearOwner();
        tpm.audit().setDefaults();
        tpm.clearStclearData();
        tpm.permanentFlags().clearOwner();
        tpm.counters().clearOwner();
        tpm.nv().clearOwner(withDBit);
        tpm.delegations().clearOwner();
        tpm.nvChanged();
    }
}
