package org.jswtpm.server.platform;

import org.jswtpm.server.log.Log;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/**
 * When this process may use the storage, which a TPM that moves shares with the one it becomes: the lock is given up once the
 * state has been fetched, and taken when the TPM is used again; a TPM that is expected to come takes none before its state
 * comes.
 *
 * <p>It can be used from any thread; {@link #ensure} costs nothing while the lock is held.
 */
final class StorageLock {
    /** As often the lock is tried, 10 ms apart, after it was given up. */
    private static final int RETRIES_AFTER_RELEASE = 300;

    private final StateStore store;
    private final Log log;

    /** Whether the lock is still to be taken before the storage is used. */
    private volatile boolean due = true;

    private boolean incoming;
    private boolean storageUsed;
    private int retries;

    /**
     * @param store null where there is none to lock
     * @param incoming whether the TPM is expected to come by a migration
     */
    StorageLock(StateStore store, boolean incoming, Log log) {
        this.store = store;
        this.incoming = incoming;
        this.log = log;
    }

    /**
     * CMD_INIT: takes the lock, unless the TPM is expected to come.
     *
     * @throws StoreException if another has it
     */
    synchronized void init() throws StoreException {
        storageUsed = true;
        due = true;
        if (!incoming) {
            store.lock(0);
            due = false;
        }
    }

    /** Before a state that comes is looked at; false if another has the lock. */
    synchronized boolean ensureForState() {
        storageUsed = true;
        return ensure();
    }

    /** Before a command is run: takes the lock if it is still to be taken; false if another has it. */
    boolean ensure() {
        return !due || take(-1);
    }

    /** As {@link #ensure}, with another number of tries. */
    synchronized boolean retake(int newRetries) {
        retries = newRetries;
        return ensure();
    }

    /** As {@link #ensure}, without waiting; before something is written that nobody has asked for. */
    boolean ensureNow() {
        return !due || take(0);
    }

    private synchronized boolean take(int givenRetries) {
        if (!due || !storageUsed || store == null) {
            return true;
        }
        try {
            store.lock(givenRetries < 0 ? retries : givenRetries);
        } catch (StoreException e) {
            log.fail("Error: " + e.getMessage());
            return false;
        }
        due = false;
        incoming = false;
        retries = 0;
        return true;
    }

    /** The state has been fetched and may be used elsewhere from now on. */
    synchronized void release() {
        try {
            store.unlock();
        } catch (StoreException e) {
            log.fail("Error: " + e.getMessage());
        }
        due = true;
        retries = RETRIES_AFTER_RELEASE;
    }
}
