package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PolicyGetDigest: gives the policyDigest as it is now.
 *
 * <p>Part 3, 23.19. It has no errors of its own.
 */
public final class PolicyGetDigest implements Command<PolicyGetDigest.In, PolicyGetDigest.Out> {
    private static final int POLICY_SESSION = 1;

    record In(Handle policySession) {}

    record Out(Bytes policyDigest) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        return new Out(tpm.sessions().get(in.policySession).digest());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.policyDigest);
    }
}
