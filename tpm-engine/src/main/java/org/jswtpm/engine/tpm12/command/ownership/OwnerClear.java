package org.jswtpm.engine.tpm12.command.ownership;

import static org.jswtpm.engine.tpm12.structure.TpmResult.CLEAR_DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_OwnerClear: the owner gives the TPM up.
 *
 * <p>Part 3, 6.2. TPM_AUTHFAIL, TPM_CLEAR_DISABLED.
 */
public final class OwnerClear implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        check(!tpm.permanentFlags().is(PermanentFlag.DISABLE_OWNER_CLEAR), CLEAR_DISABLED);
        OwnerClearing.run(tpm);
        return null;
    }
}
