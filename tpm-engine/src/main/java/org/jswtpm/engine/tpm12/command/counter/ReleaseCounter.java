package org.jswtpm.engine.tpm12.command.counter;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_ReleaseCounter: who may use a counter ends it.
 *
 * <p>Part 3, 25.4. TPM_BAD_COUNTER, TPM_AUTHFAIL.
 */
public final class ReleaseCounter implements Command<Integer, Void> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public Void execute(Integer countId, TpmState tpm, Authorizations auth) {
        auth.first().byCounter(countId);
        CounterRelease.release(countId, tpm);
        return null;
    }
}
