package org.jswtpm.engine.tpm2.command.random;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_StirRandom: adds to the entropy of the generator.
 *
 * <p>Part 3, 16.2.
 */
public final class StirRandom implements Command<StirRandom.In, Void> {
    private static final int IN_DATA = 1;

    record In(Bytes inData) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(in.at(IN_DATA).sized2(TpmLimits.MAX_SYM_DATA));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.random().stir(in.inData.toArray());
        return null;
    }
}
