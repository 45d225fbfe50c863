package org.jswtpm.engine.tpm12.command.ownership;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_DisableOwnerClear: the owner forbids TPM_OwnerClear until the owner is cleared otherwise.
 *
 * <p>Part 3, 6.4. TPM_AUTHFAIL.
 */
public final class DisableOwnerClear implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (tpm.permanentFlags().set(PermanentFlag.DISABLE_OWNER_CLEAR, true)) {
            tpm.nvChanged();
        }
        return null;
    }
}
