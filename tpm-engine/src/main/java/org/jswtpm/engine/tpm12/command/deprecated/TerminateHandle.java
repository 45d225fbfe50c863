package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_Terminate_Handle: ends an authorization session.
 *
 * <p>Part 3, 28.2. TPM_INVALID_AUTHHANDLE.
 */
public final class TerminateHandle implements Command<TerminateHandle.In, Void> {
    record In(int handle) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        tpm.authSessions().terminate(in.handle);
        return null;
    }
}
