package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM_SetOperatorAuth: sets what authorizes the operator.
 *
 * <p>Part 3, 5.7. TPM_BAD_PRESENCE.
 */
public final class SetOperatorAuth implements Command<SetOperatorAuth.In, Void> {
    record In(Secret operatorAuth) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.secret());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        tpm.permanent().setOperatorAuth(in.operatorAuth);
        tpm.permanentFlags().set(PermanentFlag.OPERATOR, true);
        tpm.nvChanged();
        return null;
    }
}
