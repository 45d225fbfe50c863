package org.jswtpm.engine.tpm12.command.counter;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_COUNTER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.counter.Counters;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_IncrementCounter: counts on; the first counter that does so is the only one until the next start.
 *
 * <p>Part 3, 25.2. TPM_BAD_COUNTER, TPM_AUTHFAIL.
 */
public final class IncrementCounter implements Command<Integer, MonotonicCounter> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public MonotonicCounter execute(Integer countId, TpmState tpm, Authorizations auth) {
        Counters counters = tpm.counters();
        check(counters.activeId() == Counters.NULL || counters.activeId() == countId, BAD_COUNTER);
        MonotonicCounter counter = counters.get(countId);
        auth.first().byCounter(countId);
        counters.setActiveId(countId);
        counter.increment();
        tpm.nvChanged();
        return counter;
    }

    @Override
    public void marshal(MonotonicCounter out, WireWriter response) {
        out.marshal(response);
    }
}
