package org.jswtpm.engine.tpm12.command.counter;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CreateCounter: the owner makes a monotonic counter, which begins above all that ever were.
 *
 * <p>Part 3, 25.1. TPM_BAD_MODE, TPM_AUTHFAIL, TPM_RESOURCES.
 */
public final class CreateCounter implements Command<CreateCounter.In, CreateCounter.Out> {
    private static final int LABEL_SIZE = 4;

    record In(Bytes encAuth, Bytes label) {}

    record Out(int countId, MonotonicCounter counter) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.encAuth(), in.wire().bytes(LABEL_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwnerWithSharedSecret();
        auth.first().endSession();
        int countId = tpm.counters().freeId();
        MonotonicCounter counter = tpm.counters().at(countId);
        counter.create(in.label, tpm.counters().nextCount(), auth.first().decryptAuth(in.encAuth));
        tpm.nvChanged();
        return new Out(countId, counter);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint32(out.countId);
        out.counter.marshal(response);
    }
}
