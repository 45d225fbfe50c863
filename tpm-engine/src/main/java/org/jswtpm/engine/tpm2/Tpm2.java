package org.jswtpm.engine.tpm2;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jswtpm.engine.BufferSize;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.PrimePool;
import org.jswtpm.engine.tpm2.dispatch.Dispatcher;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.selftest.SelfTests;
import org.jswtpm.engine.tpm2.state.StateKeeper;
import org.jswtpm.engine.tpm2.state.VolatileKeeper;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireWriter;

/** A TPM 2.0: the lock before its state, and what reaches it beside commands. */
public final class Tpm2 implements Tpm {
    private static final int MAX_BUFFER_SIZE = TpmState.MAX_BUFFER_SIZE;
    /** What libtpms allows at least: a saved context and 128 octets around it. */
    private static final int MIN_BUFFER_SIZE = 2896;

    private static final int NO_SESSIONS = 0x8001;
    private static final int HEADER_SIZE = 10;
    /** TPM_BAD_LOCALITY of TPM 1.2, by which libtpms answers here too. */
    private static final int BAD_LOCALITY = 0x3D;

    private static final int LOCALITY_OF_RESET = 3;

    private final Host host;
    private final ReentrantLock lock = new ReentrantLock();
    private final StateOrigin origin;

    /** Null while the TPM is off. Read by {@link #cancel} without the lock. */
    private volatile TpmState state;

    private Dispatcher dispatcher;
    private StateKeeper stateKeeper;
    private PlatformHash platformHash;
    private boolean established;
    private int bufferSize = MAX_BUFFER_SIZE;

    public Tpm2(Host host) {
        this.host = host;
        origin = new StateOrigin(host);
    }

    @Override
    public TpmVersion version() {
        return TpmVersion.TPM_2_0;
    }

    @Override
    public void powerOn() throws StateException {
        lock.lock();
        try {
            switchOff();
            TpmState started = new TpmState(host);
            StateKeeper keeper = new StateKeeper(started);
            try {
                established = origin.start(started, keeper, established);
            } catch (StateException | RuntimeException | Error e) {
                started.wipe();
                keeper.wipe();
                throw e;
            }
            started.setBufferSize(bufferSize);
            dispatcher = new Dispatcher(started, () -> host.commit(StateKind.PERMANENT, keeper.permanentState()));
            stateKeeper = keeper;
            platformHash = new PlatformHash(started);
            state = started;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> state(StateKind kind) throws StateException {
        lock.lock();
        try {
            TpmState running = state;
            if (running == null) {
                return Optional.empty();
            }
            return switch (kind) {
                // what a failed TPM has in memory may be what it could not commit
                case PERMANENT ->
                    running.selfTests().isFailed() ? origin.load(kind) : Optional.of(stateKeeper.permanentState());
                case VOLATILE -> Optional.of(new VolatileKeeper(running, stateKeeper).volatileState(established));
                case SAVE_STATE -> Optional.empty();
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setState(StateKind kind, byte[] blob) throws StateException {
        lock.lock();
        try {
            if (state != null) {
                throw new IllegalStateException("the TPM is on");
            }
            origin.give(kind, blob);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setProfile(String json) throws ProfileException {
        Profile profile = Profile.ofUser(json);
        lock.lock();
        try {
            origin.setProfileOfNew(profile);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void powerOff() {
        lock.lock();
        try {
            switchOff();
        } finally {
            lock.unlock();
        }
    }

    private void switchOff() {
        TpmState running = state;
        if (running != null) {
            state = null;
            dispatcher = null;
            platformHash = null;
            running.wipe();
            stateKeeper.wipe();
            stateKeeper = null;
        }
    }

    @Override
    public boolean isOn() {
        return state != null;
    }

    @Override
    public byte[] execute(byte[] command, int locality) {
        lock.lock();
        try {
            TpmState running = state;
            if (running == null) {
                return notRunning();
            }
            running.setCanceled(false);
            platformHash.terminate();
            return dispatcher.execute(command, locality);
        } finally {
            lock.unlock();
        }
    }

    /** As libtpms answers before _TPM_Init: TPM_RC_FAILURE. */
    private static byte[] notRunning() {
        return new WireWriter()
                .uint16(NO_SESSIONS)
                .uint32(HEADER_SIZE)
                .uint32(TpmRc.FAILURE.value())
                .toArray();
    }

    @Override
    public boolean findPrime() {
        TpmState running;
        Drbg random;
        int bits;
        lock.lock();
        try {
            running = state;
            bits = running == null ? 0 : running.primes().wantedBits();
            if (bits == 0) {
                return false;
            }
            byte[] ownRandom = running.random().generate(Drbg.SEED_SIZE);
            random = Drbg.instantiate(host::fillEntropy, ownRandom);
            Arrays.fill(ownRandom, (byte) 0);
        } finally {
            lock.unlock();
        }
        byte[] prime = PrimePool.search(bits, random, host::tryRun, () -> state != running || lock.isLocked());
        random.close();
        return prime == null || keepPrime(prime, running);
    }

    /** The TPM may have lost its power meanwhile. */
    private boolean keepPrime(byte[] prime, TpmState searcher) {
        lock.lock();
        try {
            if (state != searcher) {
                Arrays.fill(prime, (byte) 0);
                return false;
            }
            searcher.primes().add(prime);
            return searcher.primes().wantedBits() != 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int cancel() {
        TpmState running = state;
        if (running != null) {
            running.setCanceled(true);
        }
        return 0;
    }

    @Override
    public void enterFailureMode() {
        lock.lock();
        try {
            if (state != null) {
                state.selfTests().fail(SelfTests.FATAL_ERROR_INTERNAL);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashStart() {
        lock.lock();
        try {
            if (state != null) {
                established = true;
                platformHash.start();
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashData(byte[] data, int offset, int length) {
        lock.lock();
        try {
            if (state != null) {
                platformHash.data(data, offset, length);
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashEnd() {
        lock.lock();
        try {
            if (state != null) {
                platformHash.end();
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isEstablished() {
        lock.lock();
        try {
            return established;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int resetEstablished(int locality) {
        if (locality < LOCALITY_OF_RESET) {
            return BAD_LOCALITY;
        }
        lock.lock();
        try {
            established = false;
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BufferSize setBufferSize(int requested) {
        lock.lock();
        try {
            if (requested != 0) {
                bufferSize = Math.clamp(Integer.toUnsignedLong(requested), MIN_BUFFER_SIZE, MAX_BUFFER_SIZE);
                if (state != null) {
                    state.setBufferSize(bufferSize);
                }
            }
            return new BufferSize(bufferSize, MIN_BUFFER_SIZE, MAX_BUFFER_SIZE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String info(long flags) {
        TpmState running = state;
        return TpmInfo.json(flags, running == null ? null : running.profile());
    }

    @Override
    public void close() {
        powerOff();
    }
}
