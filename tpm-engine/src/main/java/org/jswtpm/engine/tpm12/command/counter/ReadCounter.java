package org.jswtpm.engine.tpm12.command.counter;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ReadCounter: what a counter is at.
 *
 * <p>Part 3, 25.3. TPM_BAD_COUNTER.
 */
public final class ReadCounter implements Command<Integer, MonotonicCounter> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public MonotonicCounter execute(Integer countId, TpmState tpm, Authorizations auth) {
        return tpm.counters().get(countId);
    }

    @Override
    public void marshal(MonotonicCounter out, WireWriter response) {
        out.marshal(response);
    }
}
