package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PolicyPassword: the auth value of the entity must be given too, as a password.
 *
 * <p>Part 3, 23.18. It has no errors of its own. The digest is that of TPM2_PolicyAuthValue, so a policy does not say which.
 */
public final class PolicyPassword implements Command<PolicyPassword.In, Void> {
    private static final int POLICY_SESSION = 1;

    record In(Handle policySession) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_AUTH_VALUE.code()));
        session.needPassword();
        return null;
    }
}
