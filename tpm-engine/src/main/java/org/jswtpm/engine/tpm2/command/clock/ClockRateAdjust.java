package org.jswtpm.engine.tpm2.command.clock;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.ClockAdjust;

/**
 * TPM2_ClockRateAdjust: makes Time and Clock run a little faster or slower.
 *
 * <p>Part 3, 29.3.
 */
public final class ClockRateAdjust implements Command<ClockRateAdjust.In, Void> {
    private static final int RATE_ADJUST = 1;

    record In(ClockAdjust rateAdjust) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(ClockAdjust.unmarshal(in.at(RATE_ADJUST)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.clock().adjustRate(in.rateAdjust);
        return null;
    }
}
