package org.jswtpm.engine.tpm12.tick;

import org.jswtpm.engine.Host;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_CURRENT_TICKS (Part 2, 15.1): microseconds since the session of ticks began, by the wall clock, as in libtpms. */
public final class Ticks {
    private static final int MICROS_PER_TICK = 1;
    private static final int MICROS_PER_MILLI = 1000;

    private final Host host;
    private long current;
    private int rate = MICROS_PER_TICK;
    private Bytes nonce;
    private long begin;

    public Ticks(Host host, RandomSource random) {
        this.host = host;
        nonce = Bytes.wrap(random.generate(TpmLimits.NONCE_SIZE));
        begin = micros();
    }

    /**
     * Brings the ticks up to now. They never go back: where the clock did, or a TPM comes from a host whose clock is ahead or
     * counts finer, they go on from where they were. libtpms goes back, and answers TPM_FAIL before the beginning.
     */
    public void update() {
        long now = micros();
        if (now < begin || now - begin < current) {
            begin = now - current;
        }
        current = now - begin;
    }

    /** The ticks at the last {@link #update}. */
    public long current() {
        return current;
    }

    /** The nonce of this session of ticks. */
    public Bytes nonce() {
        return nonce;
    }

    /** TPM_CURRENT_TICKS, as it is on the wire. */
    public void marshal(WireWriter out) {
        StructureTag.CURRENT_TICKS.marshal(out);
        out.uint64(current).uint16(rate).bytes(nonce);
    }

    /** As the state has it: with the time at which the session began. */
    public void marshalState(WireWriter out) {
        marshal(out);
        out.uint64(begin);
    }

    /** Reads what {@link #marshalState} writes. */
    public void unmarshalState(WireReader in) {
        StructureTag.CURRENT_TICKS.unmarshal(in);
        current = in.uint64();
        rate = in.uint16();
        nonce = in.bytes(TpmLimits.NONCE_SIZE);
        begin = in.uint64();
    }

    private long micros() {
        return host.wallClockMillis() * MICROS_PER_MILLI;
    }
}
