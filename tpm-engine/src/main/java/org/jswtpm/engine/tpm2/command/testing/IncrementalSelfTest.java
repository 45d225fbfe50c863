package org.jswtpm.engine.tpm2.command.testing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_IncrementalSelfTest: tests the algorithms that are named, and tells which are still to be tested.
 *
 * <p>Part 3, 10.3.
 */
public final class IncrementalSelfTest implements Command<IncrementalSelfTest.In, IncrementalSelfTest.Out> {
    private static final int TO_TEST = 1;
    /** MAX_ALG_LIST_SIZE. */
    private static final int MAX_COUNT = 64;

    record In(int[] toTest) {}

    /** @param toDo bit n stands for the n-th algorithm */
    record Out(long toDo) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        WireReader list = in.at(TO_TEST);
        long count = list.unsigned32();
        check(count <= MAX_COUNT, SIZE);
        int[] toTest = new int[(int) count];
        for (int i = 0; i < toTest.length; i++) {
            toTest[i] = list.uint16();
        }
        return new In(toTest);
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        long algorithms = 0;
        for (int value : in.toTest) {
            AlgId algorithm = AlgId.of(value);
            boolean known =
                    algorithm != null && !algorithm.isNull() && tpm.algorithms().isEnabled(algorithm);
            check(known, VALUE.parameter(TO_TEST));
            algorithms |= 1L << algorithm.ordinal();
        }
        tpm.selfTests().test(algorithms, tpm.random(), tpm::isCanceled);
        return new Out(tpm.selfTests().untested());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint32(Long.bitCount(out.toDo));
        for (AlgId algorithm : AlgId.values()) {
            if ((out.toDo >>> algorithm.ordinal() & 1) != 0) {
                algorithm.marshal(response);
            }
        }
    }
}
