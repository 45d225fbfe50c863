package org.jswtpm.engine.tpm12.command.counter;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_ReleaseCounterOwner: the owner ends a counter.
 *
 * <p>Part 3, 25.5. TPM_AUTHFAIL, TPM_BAD_COUNTER.
 */
public final class ReleaseCounterOwner implements Command<Integer, Void> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public Void execute(Integer countId, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        CounterRelease.release(countId, tpm);
        return null;
    }
}
