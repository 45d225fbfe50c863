package org.jswtpm.engine.tpm12.command.optin;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_OwnerSetDisable: the owner enables or disables the TPM.
 *
 * <p>Part 3, 5.2. TPM_AUTHFAIL.
 */
public final class OwnerSetDisable implements Command<OwnerSetDisable.In, Void> {
    record In(boolean disableState) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.bool());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (tpm.permanentFlags().set(PermanentFlag.DISABLE, in.disableState)) {
            tpm.nvChanged();
        }
        return null;
    }
}
