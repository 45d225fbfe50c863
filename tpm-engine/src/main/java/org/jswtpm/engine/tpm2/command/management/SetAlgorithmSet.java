package org.jswtpm.engine.tpm2.command.management;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_SetAlgorithmSet: notes a number that stands for a set of algorithms; libtpms gives it no effect.
 *
 * <p>Part 3, 26.3.
 */
public final class SetAlgorithmSet implements Command<SetAlgorithmSet.In, Void> {
    private static final int ALGORITHM_SET = 1;

    record In(int algorithmSet) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(in.at(ALGORITHM_SET).uint32());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.setAlgorithmSet(in.algorithmSet);
        tpm.nvChanged();
        return null;
    }
}
