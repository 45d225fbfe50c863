package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_CLOCK_INFO (Part 2, 10.11.1).
 *
 * @param clock milliseconds that the TPM has been powered, as far as it knows
 * @param resetCount TPM Resets since the last TPM2_Clear
 * @param restartCount TPM Restarts and Resumes since the last TPM Reset
 * @param isSafe whether no greater value of clock can have been reported before
 */
public record ClockInfo(long clock, int resetCount, int restartCount, boolean isSafe) {
    public void marshal(WireWriter out) {
        out.uint64(clock).uint32(resetCount).uint32(restartCount).uint8(isSafe ? 1 : 0);
    }
}
