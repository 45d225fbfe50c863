package org.jswtpm.engine.tpm12.command.management;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.TpmException;

/**
 * TPM_ResetLockValue: the owner ends the wait after failed authorizations. Who fails has to wait with all others.
 *
 * <p>Part 3, 9.3. TPM_AUTHFAIL.
 */
public final class ResetLockValue implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        check(!tpm.lockout().isResetDisabled(), AUTHFAIL);
        try {
            auth.first().byOwner();
        } catch (TpmException e) {
            tpm.lockout().disableReset();
            throw e;
        }
        tpm.lockout().clearFailures();
        return null;
    }
}
