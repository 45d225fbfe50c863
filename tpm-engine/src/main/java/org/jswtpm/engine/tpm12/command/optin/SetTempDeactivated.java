package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOOPERATOR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;

/**
 * TPM_SetTempDeactivated: the operator, or who is there, deactivates the TPM until the next start.
 *
 * <p>Part 3, 5.6. TPM_NOOPERATOR, TPM_AUTHFAIL; TPM_BAD_PRESENCE.
 */
public final class SetTempDeactivated implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        if (auth.isAny()) {
            check(tpm.permanentFlags().is(PermanentFlag.OPERATOR), NOOPERATOR);
            auth.first().bySecret(tpm.permanent().operatorAuth());
        } else {
            check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        }
        tpm.stclearFlags().set(StclearFlag.DEACTIVATED, true);
        return null;
    }
}
