package org.jswtpm.engine;

import java.io.IOException;
import java.util.Optional;

/**
 * What the engine needs from outside. All methods are called while the TPM's lock is held, so they are never
 * called by two threads at once for one TPM, and must not call the TPM back.
 */
public interface Host {
    /**
     * Fills {@code target} from the host's source of entropy. Where there is less it throws an unchecked exception, which leaves the
     * engine by the method that was called: a TPM that cannot get entropy is not switched on, and must not go on.
     */
    void fillEntropy(byte[] target);

    /** Milliseconds of a clock that never steps back and has an arbitrary origin; it drives Clock and Time. */
    long monotonicMillis();

    /** Milliseconds since 1970-01-01 UTC; used only to carry the clocks over a saved volatile state. */
    long wallClockMillis();

    /**
     * The blob that was committed last.
     *
     * @return empty where there has never been one; never an empty blob in place of a missing one
     * @throws IOException if there is one and it cannot be read
     */
    Optional<byte[]> load(StateKind kind) throws IOException;

    /**
     * Keeps {@code blob}. When this returns, a later {@link #load} (also of another process) gives this blob; when it
     * throws, the one before.
     */
    void commit(StateKind kind, byte[] blob) throws IOException;

    /**
     * Forgets a blob; nothing happens if there is none. Only the saved state of a TPM 1.2 is ever deleted.
     *
     * @throws IOException if there is one and it cannot be deleted
     */
    void delete(StateKind kind) throws IOException;

    /**
     * Has a thread of the host's own run a task of the engine's beside the command: half of an RSA operation, or a part of the
     * search for primes. The engine has no threads, and does without where none is lent; its answers are the same. This
     * method may be called by {@link Tpm#findPrime}, too, without the lock. A task ends when what it is for ends, at the latest.
     *
     * @return false if no thread is to be had at once; then the task is not run
     */
    default boolean tryRun(Runnable task) {
        return false;
    }
}
