package org.jswtpm.engine.tpm2;

import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.PrimePool;
import org.jswtpm.engine.tpm2.audit.CommandAudit;
import org.jswtpm.engine.tpm2.clock.TpmClock;
import org.jswtpm.engine.tpm2.context.ContextSeal;
import org.jswtpm.engine.tpm2.entity.Entities;
import org.jswtpm.engine.tpm2.ephemeral.EphemeralKeys;
import org.jswtpm.engine.tpm2.hierarchy.Hierarchies;
import org.jswtpm.engine.tpm2.lockout.Lockout;
import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.object.KeyGeneration;
import org.jswtpm.engine.tpm2.object.ObjectSlots;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.presence.PhysicalPresence;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.selftest.SelfTests;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.ClockInfo;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TimeInfo;

/** The live state of one TPM: the one place that holds its rooms, handed to each command's action. */
public final class TpmState {
    /** The largest command buffer, and the one of a new TPM. */
    static final int MAX_BUFFER_SIZE = 4096;

    private final Host host;
    private final NvChanges changes = new NvChanges();
    private final BootState boot = new BootState(changes);
    private final Hierarchies hierarchies = new Hierarchies(changes);
    private final ObjectSlots objects = new ObjectSlots();
    private final NvMemory nv = new NvMemory(changes);
    private final PcrBanks pcrs = new PcrBanks();
    private final TpmClock clock;
    private final SessionSlots sessions = new SessionSlots();
    private final Lockout lockout = new Lockout(changes, boot);
    private final CommandAudit audit = new CommandAudit(changes);
    private final PhysicalPresence presence = new PhysicalPresence(changes);
    private final SelfTests selfTests = new SelfTests();
    private final EphemeralKeys ephemeralKeys = new EphemeralKeys();
    private final PrimePool primes = new PrimePool();
    private final Entities entities = new Entities(hierarchies, objects, nv, sessions);

    private Profile profile = Profile.nullProfile();

    private Drbg random;
    private int algorithmSet;
    private int bufferSize = MAX_BUFFER_SIZE;
    private int locality;
    private volatile boolean canceled;

    public TpmState(Host host) {
        this.host = host;
        clock = new TpmClock(host, changes);
    }

    /** The sessions. */
    public SessionSlots sessions() {
        return sessions;
    }

    /** The dictionary attack logic. */
    public Lockout lockout() {
        return lockout;
    }

    /** The audit of commands. */
    public CommandAudit audit() {
        return audit;
    }

    /** Physical presence. */
    public PhysicalPresence presence() {
        return presence;
    }

    /** Self-test and failure mode. */
    public SelfTests selfTests() {
        return selfTests;
    }

    /** The ephemeral keys. */
    public EphemeralKeys ephemeralKeys() {
        return ephemeralKeys;
    }

    /** The value that TPM2_SetAlgorithmSet has set; 0 in a new TPM. It has no further meaning, as in libtpms. */
    public int algorithmSet() {
        return algorithmSet;
    }

    public void setAlgorithmSet(int algorithmSet) {
        this.algorithmSet = algorithmSet;
    }

    /** The size of the command buffer, which commands and responses fit into. */
    public int bufferSize() {
        return bufferSize;
    }

    public void setBufferSize(int bufferSize) {
        this.bufferSize = bufferSize;
    }

    /** Finds what a handle refers to. */
    public Entities entities() {
        return entities;
    }

    /** Brings Time up to now, and lets it heal failed authorizations. */
    public void updateTime() {
        clock.update();
        lockout.selfHeal(clock.time());
    }

    /** TPMS_TIME_INFO of this moment, as TPM2_ReadClock and attestations give it. */
    public TimeInfo timeInfo() {
        return new TimeInfo(
                clock.time(), new ClockInfo(clock.clock(), boot.resetCount(), boot.restartCount(), clock.isSafe()));
    }

    /** What seals the contexts of {@code hierarchy} in this life of the TPM. */
    public ContextSeal contextSeal(Handle hierarchy) {
        return new ContextSeal(hierarchies.proof(hierarchy), boot.totalResetCount(), boot.clearCount());
    }

    /** The TPM's own generator. */
    public Drbg random() {
        return random;
    }

    /** Sets the generator: restored from the state, or a fresh one. The one before is wiped. */
    public void setRandom(Drbg random) {
        if (this.random != null) {
            this.random.close();
        }
        this.random = random;
        random.setContinuousTest(profile.demands(ProfileAttribute.DRBG_CONTINUOUS_TEST));
    }

    /** The primes that were found ahead of their keys. */
    public PrimePool primes() {
        return primes;
    }

    /** Who computes beside the command. */
    public Helpers helpers() {
        return host::tryRun;
    }

    /** How keys are generated. */
    public KeyGeneration keyGeneration() {
        boolean tested = profile.demands(ProfileAttribute.PAIRWISE_CONSISTENCY_TEST);
        return new KeyGeneration(this::isCanceled, tested ? Optional.of(random) : Optional.empty(), helpers());
    }

    /** The algorithms that the TPM's profile leaves. */
    public AlgorithmSet algorithms() {
        return profile.algorithms();
    }

    /** What the TPM may do; the null profile until {@link #setProfile}. */
    public Profile profile() {
        return profile;
    }

    /** Gives a TPM that has not started its profile. */
    public void setProfile(Profile profile) {
        this.profile = profile;
    }

    /** The commands that the TPM's profile leaves. */
    public CommandSet commands() {
        return profile.commands();
    }

    /** How the TPM came up and went down. */
    public BootState boot() {
        return boot;
    }

    /** The hierarchies: seeds, proofs, auth values, policies, enables. */
    public Hierarchies hierarchies() {
        return hierarchies;
    }

    /** The loaded objects. */
    public ObjectSlots objects() {
        return objects;
    }

    /** NV Indices and persistent objects. */
    public NvMemory nv() {
        return nv;
    }

    /** The PCRs. */
    public PcrBanks pcrs() {
        return pcrs;
    }

    /** Time and Clock. */
    public TpmClock clock() {
        return clock;
    }

    /** What the running command has changed in NV. */
    public NvChanges changes() {
        return changes;
    }

    /** Something that lives in NV has changed and is to be committed. */
    public void nvChanged() {
        changes.nvChanged();
    }

    /** The RAM of orderly NV Indices has changed so that its copy in NV has to follow. */
    public void orderlyChanged() {
        changes.orderlyChanged();
    }

    /** The command changes state that an orderly shutdown has saved. */
    public void clearOrderly() {
        changes.clearOrderly();
    }

    /** The locality of the running command, 0 to 4. */
    public int locality() {
        return locality;
    }

    public void setLocality(int locality) {
        this.locality = locality;
    }

    /** Whether the host asks the running command to end with TPM_RC_CANCELED. */
    public boolean isCanceled() {
        return canceled;
    }

    /** Asks the running command to end; the only method that another thread may call. */
    public void setCanceled(boolean canceled) {
        this.canceled = canceled;
    }

    /** Wipes what is secret; the TPM has lost its power. */
    void wipe() {
        hierarchies.wipe();
        objects.clear();
        nv.clear();
        sessions.clear();
        ephemeralKeys.wipe();
        primes.close();
        if (random != null) {
            random.close();
        }
    }

    /** The outside of this TPM. */
    public Host host() {
        return host;
    }
}
