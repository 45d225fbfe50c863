package org.jswtpm.engine.tpm2.command.testing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_SelfTest: tests all algorithms, or those that were not tested yet.
 *
 * <p>Part 3, 10.2.
 */
public final class SelfTest implements Command<SelfTest.In, Void> {
    private static final int FULL_TEST = 1;
    private static final long ALL = -1;

    record In(boolean fullTest) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        int fullTest = in.at(FULL_TEST).uint8();
        check(fullTest <= 1, VALUE);
        return new In(fullTest == 1);
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        if (in.fullTest) {
            tpm.selfTests().forgetTests();
        }
        tpm.selfTests().test(ALL, tpm.random(), tpm::isCanceled);
        return null;
    }
}
