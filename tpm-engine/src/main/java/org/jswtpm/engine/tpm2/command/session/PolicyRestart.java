package org.jswtpm.engine.tpm2.command.session;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PolicyRestart: a policy session begins anew, without a new nonce.
 *
 * <p>Part 3, 11.2. It has no errors of its own.
 */
public final class PolicyRestart implements Command<PolicyRestart.In, Void> {
    private static final int SESSION_HANDLE = 1;

    record In(Handle sessionHandle) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(SESSION_HANDLE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.sessions().get(in.sessionHandle).resetPolicy();
        return null;
    }
}
