package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_TIME_INFO (Part 2, 10.11.6).
 *
 * @param time milliseconds since the TPM was powered on
 * @param clockInfo the clock that goes on over power cycles
 */
public record TimeInfo(long time, ClockInfo clockInfo) {
    public void marshal(WireWriter out) {
        out.uint64(time);
        clockInfo.marshal(out);
    }
}
