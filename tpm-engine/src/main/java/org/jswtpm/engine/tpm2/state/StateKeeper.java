package org.jswtpm.engine.tpm2.state;

import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.audit.CommandAudit;
import org.jswtpm.engine.tpm2.clock.TpmClock;
import org.jswtpm.engine.tpm2.ephemeral.EphemeralKeys;
import org.jswtpm.engine.tpm2.hierarchy.Hierarchies;
import org.jswtpm.engine.tpm2.hierarchy.Hierarchy;
import org.jswtpm.engine.tpm2.lockout.Lockout;
import org.jswtpm.engine.tpm2.nv.ObjectSize;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Carries the permanent state between its octets and the rooms.
 *
 * <p>It is on the path of every command that changes NV, so what does not change is kept as octets: the constants, the
 * persistent objects, and what Shutdown(STATE) saved, which must also stay as it was then.
 */
public final class StateKeeper {
    private static final HashAlg[] BANKS = {HashAlg.SHA1, HashAlg.SHA256, HashAlg.SHA384, HashAlg.SHA512};

    /** The StateFormatLevel from which objects in NV are as large as they are, not all the same. */
    private static final int OBJECTS_BY_SIZE_LEVEL = 2;

    private final TpmState tpm;
    private final WireWriter out = new WireWriter();
    private final Bytes constants;
    private Secret savedState = Secret.empty();
    private List<PcrSelection> allocation = List.of();

    public StateKeeper(TpmState tpm) {
        this.tpm = tpm;
        CompileConstants.write(out);
        constants = out.toBytes();
        out.wipe();
    }

    /**
     * Fills the rooms, which are empty, from {@code blob}; before TPM2_Startup, which goes on from there.
     *
     * @throws StateException if the state cannot be read; no room is changed then
     */
    public void restore(byte[] blob) throws StateException {
        PermanentState state = PermanentState.read(blob);
        setProfile(state.profile());
        restore(state.data());
        restore(state.orderly());
        allocation = state.data().allocation();
        if (state.saved().isPresent()) {
            PermanentState.Saved saved = state.saved().get();
            restore(saved.reset());
            restore(saved.clear());
            setSavedState(saved);
        }
        state.nvram().restore(tpm.nv(), state.profile().stateFormatLevel());
        tpm.changes().reset();
    }

    /** The PCRs that were allocated when the state that was restored was written: until a TPM Reset, also those after it. */
    List<PcrSelection> allocation() {
        return allocation;
    }

    /** Gives the TPM, which is new or about to be restored, its profile. */
    public void setProfile(Profile profile) {
        tpm.setProfile(profile);
        int level = profile.stateFormatLevel();
        tpm.nv().setObjectSize(level < OBJECTS_BY_SIZE_LEVEL ? null : new EncodedSize(level));
    }

    /** An object takes as much as its octets in the state. */
    private record EncodedSize(int stateFormatLevel) implements ObjectSize {
        @Override
        public int of(TpmObject object) {
            try (Secret octets = ObjectCodec.encode(object, stateFormatLevel)) {
                return octets.size();
            }
        }
    }

    private void restore(PersistentData data) {
        Hierarchies hierarchies = tpm.hierarchies();
        hierarchies.setClearDisabled(data.isClearDisabled());
        restore(hierarchies.of(Handle.OWNER), data.owner(), data.ownerSeed());
        restore(hierarchies.of(Handle.ENDORSEMENT), data.endorsement(), data.endorsementSeed());
        restore(hierarchies.of(Handle.PLATFORM), data.platformSeed());
        restore(hierarchies.of(Handle.LOCKOUT), data.lockout());
        BootState boot = tpm.boot();
        boot.setTotalResetCount(data.totalResetCount());
        boot.setResetCount(data.resetCount());
        boot.setOrderlyState(data.orderlyState());
        tpm.pcrs().group().setPolicy(data.pcrPolicyAlg(), data.pcrPolicy());
        tpm.pcrs().setAllocation(data.nextAllocation(), data.nextAllocation());
        tpm.presence().restore(data.presenceCommands());
        DaState da = data.dictionaryAttack();
        tpm.lockout()
                .restore(
                        da.failedTries(),
                        da.maxTries(),
                        da.recoveryTime(),
                        da.lockoutRecovery(),
                        da.isLockoutAuthEnabled());
        tpm.audit().restore(data.auditCommands(), data.auditHash(), data.auditCounter());
        tpm.setAlgorithmSet(data.algorithmSet());
        tpm.clock().restore(tpm.clock().clock(), tpm.clock().isSafe(), data.timeEpoch());
    }

    private static void restore(Hierarchy hierarchy, Authorization authorization, Seed seed) {
        restore(hierarchy, authorization);
        restore(hierarchy, seed);
    }

    private static void restore(Hierarchy hierarchy, Authorization authorization) {
        hierarchy.setAuth(authorization.auth());
        hierarchy.setPolicy(authorization.policyAlg(), authorization.policy());
    }

    private static void restore(Hierarchy hierarchy, Seed seed) {
        hierarchy.setSeed(seed.seed(), seed.level());
        hierarchy.setProof(seed.proof());
    }

    void restore(OrderlyData data) {
        tpm.clock().restore(data.clock(), data.isClockSafe(), tpm.clock().epoch());
        tpm.lockout().restoreTimers(data.selfHealTimer(), data.lockoutTimer(), data.time());
        tpm.setRandom(Drbg.restore(tpm.host()::fillEntropy, data.random()));
    }

    void restore(StateResetData data) {
        restore(tpm.hierarchies().of(Handle.NULL), data.nullSeed());
        tpm.boot().setClearCount(data.clearCount());
        tpm.boot().setRestartCount(data.restartCount());
        tpm.objects().setContextId(data.objectContextId());
        tpm.sessions().restore(data.contextCounter(), data.contextArray(), data.slotMask());
        tpm.audit().restoreDigest(data.auditDigest().toArray());
        tpm.pcrs().setUpdateCounter(data.pcrCounter());
        StateResetData.Commit commit = data.commit();
        tpm.ephemeralKeys().restore(commit.counter(), commit.nonce(), commit.array());
    }

    void restore(StateClearData data) {
        Hierarchies hierarchies = tpm.hierarchies();
        hierarchies.setEnabled(Handle.OWNER, data.isOwnerEnabled());
        hierarchies.setEnabled(Handle.ENDORSEMENT, data.isEndorsementEnabled());
        hierarchies.setPlatformNvEnabled(data.isPlatformNvEnabled());
        restore(hierarchies.of(Handle.PLATFORM), data.platform());
        for (int i = 0; i < BANKS.length; i++) {
            tpm.pcrs().setSaved(BANKS[i], data.savedPcrs()[i]);
        }
        tpm.pcrs().group().setAuth(data.pcrAuth());
    }

    private void setSavedState(PermanentState.Saved saved) {
        WireWriter octets = new WireWriter();
        saved.reset().write(octets);
        saved.clear().write(octets);
        savedState.close();
        savedState = Secret.take(octets.toArray());
        octets.wipe();
    }

    /** The permanent state as it is now; the caller wipes the array. */
    public byte[] permanentState() {
        PersistentData data = persistentData();
        updateSavedState(data);
        try {
            Profile profile = tpm.profile();
            PermanentState.writeHead(profile, out);
            out.bytes(constants);
            PersistentDataCodec.write(data, profile, out);
            orderlyData().write(out);
            out.secret(savedState);
            OrderlyRam.write(tpm.nv(), out);
            UserNvram.write(tpm.nv(), profile.stateFormatLevel(), out);
            StateWriter.end(out);
            out.uint32(StateBlock.PERSISTENT_ALL.magic());
            return out.toArray();
        } finally {
            out.wipe();
        }
    }

    /** What Shutdown(STATE) saved is taken when it comes, and forgotten when the shutdown counts no more. */
    private void updateSavedState(PersistentData data) {
        if (!data.isStateSaved()) {
            savedState.close();
            savedState = Secret.empty();
        } else if (savedState.isEmpty() || tpm.changes().isStateToBeSaved()) {
            setSavedState(new PermanentState.Saved(stateResetData(), stateClearData()));
        }
    }

    private PersistentData persistentData() {
        Hierarchies hierarchies = tpm.hierarchies();
        PcrBanks pcrs = tpm.pcrs();
        Lockout lockout = tpm.lockout();
        CommandAudit audit = tpm.audit();
        return new PersistentData(
                hierarchies.isClearDisabled(),
                authorization(hierarchies.of(Handle.OWNER)),
                authorization(hierarchies.of(Handle.ENDORSEMENT)),
                authorization(hierarchies.of(Handle.LOCKOUT)),
                seed(hierarchies.of(Handle.OWNER)),
                seed(hierarchies.of(Handle.ENDORSEMENT)),
                seed(hierarchies.of(Handle.PLATFORM)),
                tpm.boot().totalResetCount(),
                tpm.boot().resetCount(),
                pcrs.group().policyAlg(),
                pcrs.group().policy(),
                pcrs.nextAllocation(),
                pcrs.allocation(),
                tpm.presence().codes(),
                new DaState(
                        lockout.failedTries(),
                        lockout.maxTries(),
                        lockout.recoveryTime(),
                        lockout.lockoutRecovery(),
                        lockout.isLockoutAuthEnabled()),
                tpm.boot().orderlyState(),
                audit.codes(),
                audit.hash(),
                audit.counter(),
                tpm.algorithmSet(),
                TpmIdentity.FIRMWARE_VERSION_1,
                TpmIdentity.FIRMWARE_VERSION_2,
                tpm.clock().epoch());
    }

    private static Authorization authorization(Hierarchy hierarchy) {
        return new Authorization(hierarchy.policyAlg(), hierarchy.policy(), hierarchy.auth());
    }

    private static Seed seed(Hierarchy hierarchy) {
        return new Seed(hierarchy.seed(), hierarchy.proof(), hierarchy.seedCompatLevel());
    }

    OrderlyData orderlyData() {
        TpmClock clock = tpm.clock();
        Lockout lockout = tpm.lockout();
        return new OrderlyData(
                clock.clock(),
                clock.isSafe(),
                tpm.random().state(),
                lockout.selfHealTimer(),
                lockout.lockoutTimer(),
                lockout.timeAtShutdown());
    }

    StateResetData stateResetData() {
        SessionSlots sessions = tpm.sessions();
        EphemeralKeys keys = tpm.ephemeralKeys();
        return new StateResetData(
                seed(tpm.hierarchies().of(Handle.NULL)),
                tpm.boot().clearCount(),
                tpm.objects().contextId(),
                sessions.contextArray(),
                sessions.slotMask(),
                sessions.contextCounter(),
                Bytes.copyOf(tpm.audit().digest()),
                tpm.boot().restartCount(),
                tpm.pcrs().updateCounter(),
                new StateResetData.Commit(keys.counter(), keys.nonce(), keys.array()));
    }

    StateClearData stateClearData() {
        Hierarchies hierarchies = tpm.hierarchies();
        Bytes[] savedPcrs = new Bytes[BANKS.length];
        for (int i = 0; i < BANKS.length; i++) {
            savedPcrs[i] = tpm.pcrs().saved(BANKS[i]);
        }
        return new StateClearData(
                hierarchies.isEnabled(Handle.OWNER),
                hierarchies.isEnabled(Handle.ENDORSEMENT),
                hierarchies.isPlatformNvEnabled(),
                authorization(hierarchies.of(Handle.PLATFORM)),
                savedPcrs,
                tpm.pcrs().group().auth());
    }

    /** Wipes what is kept here. */
    public void wipe() {
        savedState.close();
        savedState = Secret.empty();
    }
}
