package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_Reset: ends all authorization sessions, saved ones as well.
 *
 * <p>Part 3, 28.10.
 */
public final class Reset implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        tpm.clearAuthSessions();
        return null;
    }
}
