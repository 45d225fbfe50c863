package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PolicyPhysicalPresence: somebody must be present when the policy is used.
 *
 * <p>Part 3, 23.14. It has no errors of its own.
 */
public final class PolicyPhysicalPresence implements Command<PolicyPhysicalPresence.In, Void> {
    private static final int POLICY_SESSION = 1;

    record In(Handle policySession) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_PHYSICAL_PRESENCE.code()));
        session.setPpRequired();
        return null;
    }
}
