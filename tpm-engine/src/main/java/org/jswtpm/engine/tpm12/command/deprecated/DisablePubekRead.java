package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_DisablePubekRead: forbids TPM_ReadPubek.
 *
 * <p>Part 3, 28.20. TPM_AUTHFAIL.
 */
public final class DisablePubekRead implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (tpm.permanentFlags().set(PermanentFlag.READ_PUBEK, false)) {
            tpm.nvChanged();
        }
        return null;
    }
}
