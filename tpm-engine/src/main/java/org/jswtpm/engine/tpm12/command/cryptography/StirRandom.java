package org.jswtpm.engine.tpm12.command.cryptography;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_StirRandom: adds entropy to the generator; no octets add none.
 *
 * <p>Part 3, 13.7.
 */
public final class StirRandom implements Command<StirRandom.In, Void> {
    record In(Bytes inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.sized());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        if (!in.inData.isEmpty()) {
            tpm.random().mix(in.inData.toArray());
        }
        return null;
    }
}
