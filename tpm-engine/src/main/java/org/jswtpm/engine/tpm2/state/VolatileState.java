package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.VOLATILE_STATE;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.clock.TimerState;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;

/**
 * VOLATILE_STATE, as it was read: what a running TPM holds beside its permanent state.
 *
 * @param version of the whole
 * @param cycle what lasts from _TPM_Init to the loss of power
 * @param orderly what is certain after an orderly shutdown only
 * @param clear what every Startup(CLEAR) makes anew
 * @param reset what only a TPM Reset makes anew
 * @param isInitialized whether TPM2_Startup has succeeded
 * @param ram attributes and data of the orderly Indices, by their handles
 * @param maxCounter the greatest count of a deleted counter
 * @param objects the loaded objects by their slots; null for an empty slot
 * @param pcrs the PCRs
 * @param sessions the loaded sessions by their slots; null for an empty slot
 * @param failure whether the TPM is in failure mode, and why
 * @param isEstablished the TPM_ESTABLISHED flag
 * @param timer what Time comes from
 * @param seeds the primary seeds of the permanent state that this belongs to: EPS, SPS, PPS; empty before version 3
 */
record VolatileState(
        int version,
        PowerCycle cycle,
        OrderlyData orderly,
        StateClearData clear,
        StateResetData reset,
        boolean isInitialized,
        Map<Integer, OrderlyRam.Entry> ram,
        long maxCounter,
        SlotObject[] objects,
        PcrValues pcrs,
        Session[] sessions,
        Failure failure,
        boolean isEstablished,
        TimerState timer,
        List<Secret> seeds) {

    static final int HASH_SIZE = 20;

    private static final int SEEDS_SINCE = 3;
    /** In older states all times are those of the wall clock. */
    private static final int MONOTONIC_SINCE = 4;

    private static final int SEED_COUNT = 3;

    /**
     * Failure mode, which a state carries on: as in libtpms, whoever gives a state can have the TPM be in it. It is the only field
     * that may lead there, and the next power cycle without a volatile state ends it.
     *
     * @param isFailed whether the TPM is in it
     * @param code why it is, a number of libtpms' FatalError.h
     */
    record Failure(boolean isFailed, int code) {}

    /**
     * Reads {@code blob}, which is not changed.
     *
     * @param allocation the PCRs that are allocated, according to the permanent state
     * @throws StateException with TPM_RC_FAILURE and what is wrong where
     */
    static VolatileState read(byte[] blob, List<PcrSelection> allocation) throws StateException {
        checkHash(blob);
        StateReader in = StateReader.over(Arrays.copyOf(blob, blob.length - HASH_SIZE));
        try {
            return read(in, allocation);
        } catch (TpmException e) {
            throw new StateException(TpmRc.FAILURE.value(), in.fault(e).getMessage());
        } catch (StateFault e) {
            throw new StateException(TpmRc.FAILURE.value(), e.getMessage());
        }
    }

    private static void checkHash(byte[] blob) throws StateException {
        int end = blob.length - HASH_SIZE;
        if (end <= 0
                || !MessageDigest.isEqual(
                        Hasher.of(Digest.SHA1).update(blob, 0, end).digest(),
                        Arrays.copyOfRange(blob, end, blob.length))) {
            throw new StateException(
                    TpmRc.FAILURE.value(), "the volatile state is damaged: its hash does not fit its content");
        }
    }

    private static VolatileState read(StateReader in, List<PcrSelection> allocation) {
        int version = in.header(VOLATILE_STATE);
        PowerCycle cycle = PowerCycle.read(in);
        OrderlyData orderly = OrderlyData.read(in);
        StateClearData clear = StateClearData.read(in, allocation);
        StateResetData reset = StateResetData.read(in);
        in.at("VOLATILE_STATE.manufactured").bool();
        boolean isInitialized = in.at("VOLATILE_STATE.initialized").bool();
        if (isInitialized) {
            reset.checkContexts();
        }
        CommandSessions.read(in);
        in.at("VOLATILE_STATE.selfHealTimer").skipBlock();
        StateReader nv = in.at("VOLATILE_STATE.evictNvEnd").neededBlock();
        nv.at("VOLATILE_STATE.evictNvEnd").uint32();
        Map<Integer, OrderlyRam.Entry> ram = RawOrderlyRam.read(nv);
        long maxCounter = nv.at("VOLATILE_STATE.maxCounter").uint64();
        SlotObject[] objects = SlotCodec.readSlots(in);
        PcrValues pcrs = PcrValues.read(in, allocation);
        Session[] sessions = SessionCodec.readSlots(in);
        boolean isFailed = in.at("VOLATILE_STATE.inFailureMode").bool();
        boolean isEstablished = in.at("VOLATILE_STATE.TPMEstablished").bool();
        StateReader failure = in.at("VOLATILE_STATE.failFunction").neededBlock();
        failure.at("VOLATILE_STATE.failFunction, failLine").octets(4 + 4);
        int failureCode = failure.at("VOLATILE_STATE.failCode").uint32();
        Tail tail = Tail.read(in, version, cycle.time());
        int magic = in.at("VOLATILE_STATE, magic at its end").uint32();
        if (magic != VOLATILE_STATE.magic()) {
            throw in.fault("is 0x" + Integer.toHexString(magic));
        }
        return new VolatileState(
                version,
                cycle,
                orderly,
                clear,
                reset,
                isInitialized,
                ram,
                maxCounter,
                objects,
                pcrs,
                sessions,
                new Failure(isFailed, failureCode),
                isEstablished,
                tail.timer,
                tail.seeds);
    }

    /** Whether the times are those of the wall clock. */
    boolean isWallClock() {
        return version < MONOTONIC_SINCE;
    }

    /**
     * What stands behind the failure mode. The timer's parts are spread over it: a part came with version 4, behind the
     * seeds that came with version 3.
     */
    private record Tail(TimerState timer, List<Secret> seeds) {
        static Tail read(StateReader in, int version, long time) {
            StateReader counts = in.at("VOLATILE_STATE.realTimePrevious").neededBlock();
            long counted = counts.at("VOLATILE_STATE.realTimePrevious").uint64();
            long timer = counts.at("VOLATILE_STATE.tpmTime").uint64();
            in.at("VOLATILE_STATE.timerReset").bool();
            boolean isStopped = in.at("VOLATILE_STATE.timerStopped").bool();
            int rate = in.at("VOLATILE_STATE.adjustRate").uint32();
            long wallClock = in.at("VOLATILE_STATE.realTime").uint64();
            List<Secret> seeds = List.of();
            long systemTime = 0;
            long suspended = 0;
            long lastRead = 0;
            long powered = 0;
            if (version < SEEDS_SINCE) {
                in.at("VOLATILE_STATE").end(version);
            } else {
                StateReader version3 =
                        in.at("VOLATILE_STATE, part of version 3").neededBlock();
                seeds = readSeeds(version3);
                if (version >= MONOTONIC_SINCE) {
                    StateReader version4 =
                            version3.at("VOLATILE_STATE, part of version 4").neededBlock();
                    systemTime = version4.at("VOLATILE_STATE.monotonicTime").uint64();
                    suspended =
                            version4.at("VOLATILE_STATE.suspendedElapsedTime").uint64();
                    lastRead = version4.at("VOLATILE_STATE.lastSystemTime").uint64();
                    powered = version4.at("VOLATILE_STATE.lastReportedTime").uint64();
                }
            }
            TimerState state = new TimerState(
                    time, timer, counted, powered, lastRead, systemTime, suspended, wallClock, rate, isStopped);
            if (!state.isRateValid()) {
                throw in.at("VOLATILE_STATE.adjustRate").fault("was " + rate);
            }
            return new Tail(state, seeds);
        }

        private static List<Secret> readSeeds(StateReader in) {
            Secret[] seeds = new Secret[SEED_COUNT];
            for (int i = 0; i < SEED_COUNT; i++) {
                seeds[i] = in.at("VOLATILE_STATE.EPSeed, SPSeed, PPSeed").secret();
            }
            return List.of(seeds);
        }
    }
}
