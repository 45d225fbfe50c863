package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SUCCESS;

import java.io.IOException;
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
import org.jswtpm.engine.tpm12.dispatch.Dispatcher;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.state.PermanentState;
import org.jswtpm.engine.tpm12.state.SavedState;
import org.jswtpm.engine.tpm12.state.VolatileState;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.transfer.GivenState;

/** A TPM 1.2: the lock before its state, and what reaches it beside commands. */
public final class Tpm12 implements Tpm {
    private static final int FIRST_LOCALITY_OF_RESET = 3;

    private final Host host;
    private final ReentrantLock lock = new ReentrantLock();

    /** Null while the TPM is off. */
    private volatile TpmState state;

    private Dispatcher dispatcher;
    private PlatformHash platformHash;
    private final GivenState given = new GivenState();
    private int bufferSize = TpmLimits.BUFFER_MAX;

    public Tpm12(Host host) {
        this.host = host;
    }

    @Override
    public TpmVersion version() {
        return TpmVersion.TPM_1_2;
    }

    /** A TPM 1.2 knows no profiles, and refuses every one. */
    @Override
    public void setProfile(String json) throws ProfileException {
        throw new ProfileException("a TPM 1.2 has no profiles");
    }

    @Override
    public void powerOn() throws StateException {
        lock.lock();
        try {
            switchOff();
            TpmState started = new TpmState(host);
            started.setBufferSize(bufferSize);
            load(started);
            dispatcher = new Dispatcher(started, () -> commit(started));
            platformHash = new PlatformHash(started);
            state = started;
        } finally {
            lock.unlock();
        }
    }

    /** A TPM that the host has no state of is new; it exists once its state is kept. */
    private void load(TpmState started) throws StateException {
        try {
            Optional<byte[]> permanent = blob(StateKind.PERMANENT);
            if (permanent.isPresent()) {
                PermanentState.read(permanent.get(), started);
            }
            Optional<byte[]> running = blob(StateKind.VOLATILE);
            if (running.isPresent()) {
                VolatileState.read(running.get(), started);
            }
            if (permanent.isEmpty() || given.has(StateKind.PERMANENT)) {
                commit(started);
            }
            if (given.has(StateKind.SAVE_STATE)) {
                commitSavedState();
            }
        } catch (IOException e) {
            started.wipe();
            throw new StateException(FAIL.value(), "the TPM's state cannot be read or kept", e);
        } catch (StateException e) {
            started.wipe();
            throw e;
        } finally {
            given.clear();
        }
    }

    private void commitSavedState() throws IOException {
        Optional<byte[]> saved = given.get(StateKind.SAVE_STATE);
        if (saved.isPresent()) {
            host.commit(StateKind.SAVE_STATE, saved.get());
        } else {
            host.delete(StateKind.SAVE_STATE);
        }
    }

    private Optional<byte[]> blob(StateKind kind) throws IOException {
        return given.has(kind) ? given.get(kind) : host.load(kind);
    }

    /** The saved state is the one that was committed last: only TPM_SaveState makes one. */
    @Override
    public Optional<byte[]> state(StateKind kind) throws StateException {
        lock.lock();
        try {
            if (state == null) {
                return Optional.empty();
            }
            return switch (kind) {
                case PERMANENT ->
                    state.selfTest().isFailed() ? host.load(kind) : Optional.of(PermanentState.write(state));
                case VOLATILE -> Optional.of(VolatileState.write(state));
                case SAVE_STATE -> host.load(kind);
            };
        } catch (IOException e) {
            throw new StateException(FAIL.value(), "the TPM's state cannot be read", e);
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
            if (blob.length > 0) {
                check(kind, blob);
            }
            given.put(kind, blob);
        } catch (StateException e) {
            given.clear();
            throw e;
        } catch (IOException e) {
            throw new StateException(FAIL.value(), "the TPM's state cannot be read", e);
        } finally {
            lock.unlock();
        }
    }

    /** Tries the state on rooms that nobody uses. */
    private void check(StateKind kind, byte[] blob) throws StateException, IOException {
        TpmState trial = new TpmState(host);
        try {
            Optional<byte[]> permanent = kind == StateKind.PERMANENT ? Optional.of(blob) : blob(StateKind.PERMANENT);
            if (permanent.isPresent()) {
                PermanentState.read(permanent.get(), trial);
            }
            switch (kind) {
                case PERMANENT -> {}
                case VOLATILE -> VolatileState.read(blob, trial);
                case SAVE_STATE -> SavedState.read(blob, trial);
            }
        } finally {
            trial.wipe();
        }
    }

    /** Commits the permanent state. One that outgrows the place for it in libtpms fails there, and so it does here. */
    private void commit(TpmState tpm) throws IOException {
        byte[] blob = PermanentState.write(tpm);
        try {
            if (blob.length > TpmLimits.MAX_NV_SPACE) {
                throw new IOException("the permanent state is too large");
            }
            host.commit(StateKind.PERMANENT, blob);
        } finally {
            Arrays.fill(blob, (byte) 0);
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
            return state == null
                    ? Dispatcher.answer(CommandTag.RESPONSE_WITHOUT_AUTH, FAIL.value())
                    : dispatcher.execute(command, locality);
        } finally {
            lock.unlock();
        }
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

    /** Nothing: a TPM 1.2 of libtpms cannot be canceled. */
    @Override
    public int cancel() {
        return FAIL.value();
    }

    @Override
    public void enterFailureMode() {
        lock.lock();
        try {
            if (state != null) {
                state.selfTest().fail();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashStart() {
        lock.lock();
        try {
            if (state == null) {
                return SUCCESS.value();
            }
            int result = platformHash.start();
            boolean isNew =
                    result == SUCCESS.value() && state.permanentFlags().set(PermanentFlag.TPM_ESTABLISHED, true);
            return isNew ? commitOrFail() : result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashData(byte[] data, int offset, int length) {
        lock.lock();
        try {
            return state == null
                    ? SUCCESS.value()
                    : platformHash.data(Arrays.copyOfRange(data, offset, offset + length));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int hashEnd() {
        lock.lock();
        try {
            return state == null ? SUCCESS.value() : platformHash.end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isEstablished() {
        lock.lock();
        try {
            return state != null && state.permanentFlags().is(PermanentFlag.TPM_ESTABLISHED);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int resetEstablished(int locality) {
        if (locality < FIRST_LOCALITY_OF_RESET) {
            return BAD_LOCALITY.value();
        }
        lock.lock();
        try {
            if (state != null && state.permanentFlags().set(PermanentFlag.TPM_ESTABLISHED, false)) {
                return commitOrFail();
            }
            return SUCCESS.value();
        } finally {
            lock.unlock();
        }
    }

    private int commitOrFail() {
        try {
            commit(state);
            return SUCCESS.value();
        } catch (IOException e) {
            state.selfTest().fail();
            return FAIL.value();
        }
    }

    @Override
    public BufferSize setBufferSize(int requested) {
        lock.lock();
        try {
            if (requested != 0) {
                bufferSize = Math.clamp(Integer.toUnsignedLong(requested), TpmLimits.BUFFER_MIN, TpmLimits.BUFFER_MAX);
                if (state != null) {
                    state.setBufferSize(bufferSize);
                }
            }
            return new BufferSize(bufferSize, TpmLimits.BUFFER_MIN, TpmLimits.BUFFER_MAX);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String info(long flags) {
        return TpmInfo.json(flags);
    }

    @Override
    public void close() {
        powerOff();
    }
}
