package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.DRBG_STATE;
import static org.jswtpm.engine.tpm2.state.StateBlock.ORDERLY_DATA;

import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.wire.WireWriter;

/**
 * ORDERLY_DATA: what is certain only after an orderly shutdown.
 *
 * @param clock Clock
 * @param isClockSafe whether no greater Clock has been reported
 * @param random the state of the TPM's generator; lent
 * @param selfHealTimer of the dictionary attack logic
 * @param lockoutTimer of the dictionary attack logic
 * @param time Time at the shutdown
 */
record OrderlyData(
        long clock, boolean isClockSafe, Drbg.State random, long selfHealTimer, long lockoutTimer, long time) {
    /** "DRBG", read backwards; marks a generator that is in use. */
    private static final int DRBG_MAGIC = 0x4742_5244;

    private static final int LAST_VALUE_WORDS = 4;

    static OrderlyData read(StateReader in) {
        int version = in.header(ORDERLY_DATA);
        long clock = in.at("ORDERLY_DATA.clock").uint64();
        boolean isClockSafe = in.at("ORDERLY_DATA.clockSafe").bool();
        Drbg.State random = readRandom(in);
        StateReader timers =
                in.at("ORDERLY_DATA.selfHealTimer, lockoutTimer, time").neededBlock();
        OrderlyData data =
                new OrderlyData(clock, isClockSafe, random, timers.uint64(), timers.uint64(), timers.uint64());
        in.at("ORDERLY_DATA").end(version);
        return data;
    }

    private static Drbg.State readRandom(StateReader in) {
        int version = in.header(DRBG_STATE);
        long reseedCounter = in.at("DRBG_STATE.reseedCounter").uint64();
        in.at("DRBG_STATE.magic").uint32();
        in.at("DRBG_STATE.seed, its size").count(Drbg.SEED_SIZE);
        byte[] seed = in.at("DRBG_STATE.seed").octets(Drbg.SEED_SIZE);
        in.at("DRBG_STATE.lastValue, its size").count(LAST_VALUE_WORDS);
        int[] lastValue = new int[LAST_VALUE_WORDS];
        for (int i = 0; i < lastValue.length; i++) {
            lastValue[i] = in.at("DRBG_STATE.lastValue").uint32();
        }
        in.at("DRBG_STATE").end(version);
        return new Drbg.State(reseedCounter, seed, lastValue);
    }

    void write(WireWriter out) {
        StateWriter.header(out, ORDERLY_DATA);
        out.uint64(clock);
        StateWriter.bool(out, isClockSafe);
        writeRandom(out);
        int timers = StateWriter.beginBlock(out);
        out.uint64(selfHealTimer).uint64(lockoutTimer).uint64(time);
        out.endSized2(timers);
        StateWriter.end(out);
    }

    private void writeRandom(WireWriter out) {
        StateWriter.header(out, DRBG_STATE);
        out.uint64(random.reseedCounter()).uint32(DRBG_MAGIC);
        out.uint16(Drbg.SEED_SIZE).octets(random.seed());
        out.uint16(LAST_VALUE_WORDS);
        for (int word : random.lastValue()) {
            out.uint32(word);
        }
        StateWriter.end(out);
    }
}
