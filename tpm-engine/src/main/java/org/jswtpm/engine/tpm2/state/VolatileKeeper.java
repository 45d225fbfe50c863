package org.jswtpm.engine.tpm2.state;

import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.clock.TimerState;
import org.jswtpm.engine.tpm2.nv.NvEntry;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** Carries the volatile state between its octets and the rooms of a TPM that runs. */
public final class VolatileKeeper {
    private static final HashAlg[] BANKS = {HashAlg.SHA1, HashAlg.SHA256, HashAlg.SHA384, HashAlg.SHA512};
    private static final Handle[] SEED_OWNERS = {Handle.ENDORSEMENT, Handle.OWNER, Handle.PLATFORM};

    /** s_evictNvEnd of libtpms, the size of its NV. */
    private static final int NV_END = 176_832;

    /** Octets; with three objects loaded it is about 9,300. */
    private static final int EXPECTED_SIZE = 10_240;

    private final TpmState tpm;
    private final StateKeeper permanent;

    /** @param permanent the keeper of the same TPM's permanent state */
    public VolatileKeeper(TpmState tpm, StateKeeper permanent) {
        this.tpm = tpm;
        this.permanent = permanent;
    }

    /**
     * The volatile state as it is now; the caller wipes the array.
     *
     * @param isEstablished the TPM_ESTABLISHED flag
     */
    public byte[] volatileState(boolean isEstablished) {
        WireWriter out = new WireWriter(EXPECTED_SIZE);
        try {
            TimerState timer = tpm.clock().timerState();
            StateWriter.header(out, StateBlock.VOLATILE_STATE);
            cycle(timer.time()).write(out);
            permanent.orderlyData().write(out);
            permanent.stateClearData().write(out);
            permanent.stateResetData().write(out);
            StateWriter.bool(out, true);
            StateWriter.bool(out, tpm.boot().isStarted());
            CommandSessions.write(out);
            StateWriter.noBlock(out);
            writeNv(out);
            SlotCodec.writeSlots(tpm.objects(), tpm.profile().stateFormatLevel(), out);
            pcrs().write(out);
            SessionCodec.writeSlots(tpm.sessions(), out);
            writeFailure(isEstablished, out);
            writeTimer(timer, out);
            writeTail(timer, out);
            out.uint32(StateBlock.VOLATILE_STATE.magic());
            byte[] content = out.toArray();
            try (Secret wiped = Secret.take(content)) {
                out.octets(wiped.use(octets -> Hasher.digest(Digest.SHA1, octets)));
            }
            return out.toArray();
        } finally {
            out.wipe();
        }
    }

    private PowerCycle cycle(long time) {
        BootState boot = tpm.boot();
        return new PowerCycle(
                tpm.sessions().exclusiveAudit(),
                time,
                tpm.hierarchies().isEnabled(Handle.PLATFORM),
                tpm.pcrs().isReconfigured(),
                boot.platformSequence(),
                boot.isHcrtmBeforeStartup(),
                boot.isStartupAtLocality3(),
                tpm.lockout().isProtectedEntityUsed(),
                boot.isStarted(),
                boot.previousOrderlyState());
    }

    private void writeNv(WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint32(NV_END);
        RawOrderlyRam.write(tpm.nv(), out);
        out.uint64(tpm.nv().maxCounter());
        out.endSized2(block);
    }

    private PcrValues pcrs() {
        Bytes[] values = new Bytes[BANKS.length];
        for (int i = 0; i < BANKS.length; i++) {
            values[i] = tpm.pcrs().values(BANKS[i]);
        }
        return new PcrValues(values);
    }

    /** The place of a failure is not numbered here. */
    private void writeFailure(boolean isEstablished, WireWriter out) {
        StateWriter.bool(out, tpm.selfTests().isFailed());
        StateWriter.bool(out, isEstablished);
        int block = StateWriter.beginBlock(out);
        out.uint32(0).uint32(0).uint32(tpm.selfTests().failureCode());
        out.endSized2(block);
    }

    private static void writeTimer(TimerState timer, WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint64(timer.counted()).uint64(timer.timer());
        out.endSized2(block);
        StateWriter.bool(out, timer.isStopped());
        StateWriter.bool(out, timer.isStopped());
        out.uint32(timer.rate()).uint64(timer.wallClock());
    }

    private void writeTail(TimerState timer, WireWriter out) {
        int version3 = StateWriter.beginBlock(out);
        for (Handle hierarchy : SEED_OWNERS) {
            out.secret2(tpm.hierarchies().of(hierarchy).seed());
        }
        int version4 = StateWriter.beginBlock(out);
        out.uint64(timer.systemTime()).uint64(timer.suspended());
        out.uint64(timer.lastRead()).uint64(timer.powered());
        StateWriter.end(out);
        out.endSized2(version4);
        out.endSized2(version3);
    }

    /**
     * Makes the TPM, whose permanent state is in its rooms, the one that {@code blob} was taken from.
     *
     * @return the TPM_ESTABLISHED flag
     * @throws StateException if the state cannot be read, contradicts itself, or belongs to another permanent state; the TPM
     *     cannot be used then
     */
    public boolean resume(byte[] blob) throws StateException {
        VolatileState state = VolatileState.read(blob, permanent.allocation());
        checkSeeds(state.seeds());
        if (state.isInitialized()) {
            checkSessions(state.sessions(), state.reset().contextArray());
        }
        checkPlatformSequence(state.cycle().platformSequence(), state.objects());
        resumeNv(state);
        tpm.pcrs().setAllocation(permanent.allocation(), tpm.pcrs().nextAllocation());
        permanent.restore(state.orderly());
        if (state.isInitialized()) {
            resumeStarted(state);
        }
        resume(state.cycle());
        tpm.boot().setStarted(state.isInitialized());
        for (int i = 0; i < state.objects().length; i++) {
            tpm.objects().restore(i, state.objects()[i]);
        }
        for (int i = 0; i < BANKS.length; i++) {
            tpm.pcrs().setValues(BANKS[i], state.pcrs().banks()[i]);
        }
        if (state.failure().isFailed()) {
            tpm.selfTests().fail(state.failure().code());
        }
        if (state.isWallClock()) {
            tpm.clock().resumeWallClock(state.timer());
        } else {
            tpm.clock().resume(state.timer());
        }
        tpm.changes().reset();
        return state.isEstablished();
    }

    /**
     * What a TPM that waits for its TPM2_Startup takes from its permanent state, or makes anew: libtpms reads it only then,
     * and until then has what was there before, or nothing.
     */
    private void resumeStarted(VolatileState state) {
        permanent.restore(state.clear());
        permanent.restore(state.reset());
        for (int i = 0; i < SessionSlots.MAX_LOADED; i++) {
            tpm.sessions().restoreLoaded(i, state.sessions()[i]);
        }
    }

    private void resume(PowerCycle cycle) {
        tpm.sessions().setExclusiveAudit(cycle.exclusiveAudit());
        tpm.hierarchies().setEnabled(Handle.PLATFORM, cycle.isPlatformEnabled());
        tpm.pcrs().setReconfigured(cycle.isPcrReconfigured());
        BootState boot = tpm.boot();
        boot.setPlatformSequence(cycle.platformSequence());
        boot.setHcrtmBeforeStartup(cycle.isHcrtmBeforeStartup());
        boot.setStartupAtLocality3(cycle.isStartupAtLocality3());
        boot.setPreviousOrderlyState(cycle.previousOrderlyState());
        tpm.lockout().setProtectedEntityUsed(cycle.isProtectedEntityUsed());
    }

    private void resumeNv(VolatileState state) throws StateException {
        int orderly = 0;
        for (NvEntry entry : tpm.nv().entries()) {
            if (entry instanceof NvIndex index && index.attributes().isOrderly()) {
                OrderlyRam.Entry ram = state.ram().get(index.handle().value());
                check(
                        ram != null && ram.isOf(index.attributes(), index.dataSize()),
                        "it has no data of orderly Index " + index.handle());
                tpm.nv().restoreOrderly(index, ram.attributes(), ram.data());
                orderly++;
            }
        }
        check(orderly == state.ram().size(), "it has data of an orderly Index that does not exist");
        tpm.nv().setMaxCounter(state.maxCounter());
    }

    private void checkSeeds(List<Secret> seeds) throws StateException {
        for (int i = 0; i < seeds.size(); i++) {
            check(
                    seeds.get(i).matches(tpm.hierarchies().of(SEED_OWNERS[i]).seed()),
                    "it belongs to another permanent state: the seeds differ");
        }
    }

    /** Each loaded session has one entry in the context array, and no entry names an empty slot. */
    private static void checkSessions(Session[] sessions, int[] contextArray) throws StateException {
        int[] entries = new int[sessions.length];
        for (int element : contextArray) {
            if (element > 0 && element <= sessions.length) {
                entries[element - 1]++;
            }
        }
        for (int i = 0; i < sessions.length; i++) {
            check(entries[i] == (sessions[i] == null ? 0 : 1), "its sessions and its context array differ");
        }
    }

    private static void checkPlatformSequence(Handle handle, SlotObject[] objects) throws StateException {
        if (handle.value() != Handle.UNASSIGNED.value()) {
            boolean isObject = handle.type() == Handle.TYPE_TRANSIENT && handle.index() < objects.length;
            check(
                    isObject
                            && objects[handle.index()] instanceof SequenceObject sequence
                            && sequence.state() instanceof SequenceState.Event,
                    "the platform's hash sequence is not among its objects");
        }
    }

    private static void check(boolean condition, String otherwise) throws StateException {
        if (!condition) {
            throw new StateException(TpmRc.FAILURE.value(), "the volatile state cannot be used: " + otherwise);
        }
    }
}
