package org.jswtpm.engine.tpm2.command.clock;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_ClockSet: sets Clock ahead.
 *
 * <p>Part 3, 29.2.
 */
public final class ClockSet implements Command<ClockSet.In, Void> {
    private static final int NEW_TIME = 1;
    private static final long LATEST = 0xFFFF_0000_0000_0000L;

    record In(long newTime) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(in.at(NEW_TIME).uint64());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(
                Long.compareUnsigned(in.newTime, LATEST) <= 0
                        && Long.compareUnsigned(in.newTime, tpm.clock().clock()) >= 0,
                VALUE.parameter(NEW_TIME));
        tpm.clock().advance(in.newTime);
        return null;
    }
}
