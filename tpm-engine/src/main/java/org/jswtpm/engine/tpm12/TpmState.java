package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_RESOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.KEYNOTFOUND;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONGPCRVAL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.io.IOException;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.PrimePool;
import org.jswtpm.engine.tpm12.audit.AuditState;
import org.jswtpm.engine.tpm12.auth.AuthSessions;
import org.jswtpm.engine.tpm12.context.ContextList;
import org.jswtpm.engine.tpm12.counter.Counters;
import org.jswtpm.engine.tpm12.daa.DaaSessions;
import org.jswtpm.engine.tpm12.delegation.DelegationTables;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.PermanentFlags;
import org.jswtpm.engine.tpm12.flags.StanyFlags;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlags;
import org.jswtpm.engine.tpm12.hash.Sha1Thread;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.key.KeySlots;
import org.jswtpm.engine.tpm12.key.KeySource;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.lockout.Lockout;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.pcr.Pcrs;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.selftest.SelfTest;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm12.tick.Ticks;
import org.jswtpm.engine.tpm12.transport.TransportSessions;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;

/** The live state of one TPM 1.2: the one place that holds its rooms, handed to each command's action. */
public final class TpmState {
    private final Host host;
    private final Drbg random;
    private final PermanentFlags permanentFlags = new PermanentFlags();
    private final StclearFlags stclearFlags = new StclearFlags();
    private final StanyFlags stanyFlags = new StanyFlags();
    private final PermanentData permanent = new PermanentData();
    private final KeySlots keys = new KeySlots();
    private final NvMemory nv = new NvMemory();
    private final Counters counters = new Counters();
    private final DelegationTables delegations = new DelegationTables();
    private final AuditState audit = new AuditState();
    private final Pcrs pcrs = new Pcrs();
    private final AuthSessions authSessions = new AuthSessions();
    private final TransportSessions transports = new TransportSessions();
    private final DaaSessions daaSessions = new DaaSessions();
    private final ContextList contexts = new ContextList();
    private final SelfTest selfTest = new SelfTest();
    private final Sha1Thread sha1Thread = new Sha1Thread();
    private final Sha1Thread platformHash = new Sha1Thread();
    private final PrimePool primes = new PrimePool();
    private final Lockout lockout;
    private final Ticks ticks;
    private int sha1TransportHandle;
    private int deferredPhysicalPresence;
    private int bufferSize = TpmLimits.BUFFER_MAX;
    private boolean nvChanged;

    public TpmState(Host host) {
        this.host = host;
        random = Drbg.instantiate(host::fillEntropy, new byte[0]);
        lockout = new Lockout(host);
        ticks = new Ticks(host, random);
    }

    /** The primes that were found ahead of their keys. */
    public PrimePool primes() {
        return primes;
    }

    /** Where new keys come from. */
    public KeySource keySource() {
        return new KeySource(random, primes, helpers());
    }

    private Helpers helpers() {
        return host::tryRun;
    }

    /** The outside of this TPM. */
    public Host host() {
        return host;
    }

    /** The TPM's own generator. */
    public Drbg random() {
        return random;
    }

    /** TPM_PERMANENT_FLAGS. */
    public PermanentFlags permanentFlags() {
        return permanentFlags;
    }

    /** TPM_STCLEAR_FLAGS. */
    public StclearFlags stclearFlags() {
        return stclearFlags;
    }

    /** TPM_STANY_FLAGS. */
    public StanyFlags stanyFlags() {
        return stanyFlags;
    }

    /** TPM_PERMANENT_DATA. */
    public PermanentData permanent() {
        return permanent;
    }

    /** The loaded keys. */
    public KeySlots keys() {
        return keys;
    }

    /** The areas of NV. */
    public NvMemory nv() {
        return nv;
    }

    /** The monotonic counters. */
    public Counters counters() {
        return counters;
    }

    /** Families and delegations. */
    public DelegationTables delegations() {
        return delegations;
    }

    /** The audit of commands. */
    public AuditState audit() {
        return audit;
    }

    /** The PCRs. */
    public Pcrs pcrs() {
        return pcrs;
    }

    /** The authorization sessions. */
    public AuthSessions authSessions() {
        return authSessions;
    }

    /** The transport sessions. */
    public TransportSessions transports() {
        return transports;
    }

    /** The sessions of DAA. */
    public DaaSessions daaSessions() {
        return daaSessions;
    }

    /** The saved contexts. */
    public ContextList contexts() {
        return contexts;
    }

    /** How much is tested. */
    public SelfTest selfTest() {
        return selfTest;
    }

    /** The SHA-1 thread of commands. */
    public Sha1Thread sha1Thread() {
        return sha1Thread;
    }

    /** The SHA-1 thread of _TPM_Hash_Start. */
    public Sha1Thread platformHash() {
        return platformHash;
    }

    /** The defence against dictionary attacks. */
    public Lockout lockout() {
        return lockout;
    }

    /** The tick counter. */
    public Ticks ticks() {
        return ticks;
    }

    /** The transport session in which the SHA-1 thread of commands was started; 0 for none. */
    public int sha1TransportHandle() {
        return sha1TransportHandle;
    }

    public void setSha1TransportHandle(int handle) {
        sha1TransportHandle = handle;
    }

    /** TPM_STCLEAR_DATA.deferredPhysicalPresence. */
    public int deferredPhysicalPresence() {
        return deferredPhysicalPresence;
    }

    public void setDeferredPhysicalPresence(int bits) {
        deferredPhysicalPresence = bits;
    }

    /** The locality of the running command, 0 to 4. */
    public int locality() {
        return stanyFlags.localityModifier();
    }

    /** The size of the command buffer, which commands and responses fit into. */
    public int bufferSize() {
        return bufferSize;
    }

    public void setBufferSize(int size) {
        bufferSize = size;
    }

    /** Whether somebody is there: by TSC_PhysicalPresence. There is no pin. */
    public boolean isPhysicallyPresent() {
        return permanentFlags.is(PermanentFlag.PHYSICAL_PRESENCE_CMD_ENABLE)
                && stclearFlags.is(StclearFlag.PHYSICAL_PRESENCE);
    }

    /** Something that the permanent state keeps has changed and is to be committed. */
    public void nvChanged() {
        nvChanged = true;
    }

    /** Whether {@link #nvChanged} was called since the last call of this. */
    public boolean takeNvChanged() {
        boolean isChanged = nvChanged;
        nvChanged = false;
        return isChanged;
    }

    /** What TPM_STCLEAR_DATA is after TPM_Init, but for the PCRs: no sessions, no contexts, no audit, no failures. */
    public void clearStclearData() {
        clearAuthSessions();
        contexts.setContextNonceKey(Bytes.zeros(TpmLimits.NONCE_SIZE));
        transports.clear();
        daaSessions.clear();
        counters.setActiveId(Counters.NULL);
        delegations.setOwnerReference(ReservedHandle.OWNER);
        lockout.restore(0, 0, false);
        deferredPhysicalPresence = 0;
        audit.clearDigest();
    }

    /** TPM_Reset: ends the authorization sessions, loaded and saved. */
    public void clearAuthSessions() {
        authSessions.clear();
        contexts.clearSessions();
    }

    /**
     * The key with this handle, whatever the PCRs are; also the SRK, but not the endorsement key.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_KEYNOTFOUND, TPM_INVALID_RESOURCE, TPM_INVALID_KEYHANDLE
     */
    public LoadedKey key(int handle) {
        return switch (handle) {
            case ReservedHandle.SRK -> {
                check(permanent.isOwnerInstalled(), KEYNOTFOUND);
                yield permanent.srk();
            }
            case ReservedHandle.EK -> throw KEYNOTFOUND.exception();
            case ReservedHandle.OWNER,
                    ReservedHandle.REVOKE,
                    ReservedHandle.TRANSPORT,
                    ReservedHandle.OPERATOR,
                    ReservedHandle.ADMIN -> throw INVALID_RESOURCE.exception();
            default -> keys.get(handle).key();
        };
    }

    /** As {@link #key}, for a command that uses the private part: TPM_WRONGPCRVAL unless the PCRs are as the key asks. */
    public LoadedKey keyForUse(int handle) {
        LoadedKey key = key(handle);
        checkPcrs(key);
        key.setHelpers(helpers());
        return key;
    }

    /** As {@link #keyForUse}, for a command that only reads: a key can say that the PCRs do not count then. */
    public LoadedKey keyForReading(int handle) {
        LoadedKey key = key(handle);
        if (!key.publicPart().keyFlags().has(KeyFlags.PCR_IGNORED_ON_READ)) {
            checkPcrs(key);
        }
        key.setHelpers(helpers());
        return key;
    }

    /** libtpms answers TPM_WRONGPCRVAL for a wrong locality, too. */
    private void checkPcrs(LoadedKey key) {
        try {
            pcrs.check(key.pcrsAtRelease(), locality());
        } catch (TpmException e) {
            throw WRONGPCRVAL.exception();
        }
    }

    /** parentPCRStatus of a key: whether a key above it is bound to PCRs; no key is above the SRK. */
    public boolean parentPcrStatus(int handle) {
        return !ReservedHandle.isReserved(handle) && keys.get(handle).parentPcrStatus();
    }

    /** Forgets a key, and ends the sessions that are bound to it. */
    public void flushKey(KeySlot slot) {
        authSessions.terminateEntity(EntityType.KEYHANDLE, slot.key().pubDataDigest());
        keys.evict(slot.handle());
    }

    /** The saved state is no longer true: it is deleted. TPM_FAIL if that is not possible. */
    public void deleteSavedState() {
        stanyFlags.setStateSaved(false);
        try {
            host.delete(StateKind.SAVE_STATE);
        } catch (IOException e) {
            throw TpmResult.FAIL.exception();
        }
    }

    /** Wipes what is secret; the TPM has lost its power. */
    void wipe() {
        permanent.wipe();
        keys.clear();
        nv.clear();
        counters.wipe();
        delegations.wipe();
        authSessions.clear();
        transports.clear();
        daaSessions.clear();
        primes.close();
        random.close();
    }
}
