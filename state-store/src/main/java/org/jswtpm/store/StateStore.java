package org.jswtpm.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jswtpm.store.medium.DirectoryMedium;
import org.jswtpm.store.medium.LinearMedium;
import org.jswtpm.store.medium.Medium;
import org.jswtpm.store.medium.MemoryMedium;
import org.jswtpm.store.medium.StepHook;

/**
 * The state blobs of one TPM, kept in swtpm's files ({@code docs/state/swtpm-files.md}).
 *
 * <p>Blobs go in and come out as libtpms makes them; header, items and encryption are put around them and checked here.
 * It can be used from any thread, but not from one that gets interrupted: the JDK closes a file whose thread is, and with
 * it goes the lock of a store in one file. Nothing is kept in memory: each blob that is loaded was read at that moment.
 */
public final class StateStore implements AutoCloseable {
    private final Medium medium;
    private final boolean locks;
    private final BlobCodec codec;

    private StateStore(Medium medium, boolean locks, StateKeys keys) {
        this.medium = medium;
        this.locks = locks;
        codec = new BlobCodec(keys);
    }

    /** A store of files in a directory, which is not touched yet. The keys are the store's from here on. */
    public static StateStore open(DirectoryOptions options, StateKeys keys) {
        return new StateStore(new DirectoryMedium(options), options.lock(), keys);
    }

    /** As {@link #open(DirectoryOptions, StateKeys)}, with the host's way to set modes. */
    public static StateStore open(DirectoryOptions options, StateKeys keys, FileModes modes) {
        return new StateStore(new DirectoryMedium(options, StepHook.NONE, modes), options.lock(), keys);
    }

    /**
     * A store in one file or block device, which is not touched yet. The keys are the store's from here on.
     *
     * <p>A process can have one such store over one file at a time.
     */
    public static StateStore open(FileOptions options, StateKeys keys) {
        return new StateStore(new LinearMedium(options), options.lock(), keys);
    }

    /** As {@link #open(FileOptions, StateKeys)}, with the host's way to set modes. */
    public static StateStore open(FileOptions options, StateKeys keys, FileModes modes) {
        return new StateStore(new LinearMedium(options, StepHook.NONE, modes), options.lock(), keys);
    }

    /** A store in memory, gone when it is closed. The keys are the store's from here on. */
    public static StateStore inMemory(StateKeys keys) {
        return new StateStore(new MemoryMedium(), true, keys);
    }

    /**
     * Reads a blob.
     *
     * @return empty where there is none
     * @throws StoreException if there is one and it cannot be used, {@linkplain StoreException#isOfContainer for what is
     *     around it} or because it cannot be read; no file was changed
     */
    public synchronized Optional<byte[]> load(StateName name) throws StoreException {
        Optional<byte[]> file = medium.read(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.blob(file.get()));
        } catch (StoreException e) {
            throw e.ofContainer(medium.place(name));
        } finally {
            Arrays.fill(file.get(), (byte) 0);
        }
    }

    /**
     * Replaces a blob. When this returns, a later {@link #load}, also of another process, gives the new one; a crash
     * before that leaves the old one.
     *
     * @throws StoreException if it could not be written; the old one is still there, unless only the last
     *     {@code fsync}, of the directory, failed
     */
    public synchronized void store(StateName name, byte[] blob) throws StoreException {
        byte[] file = codec.file(blob);
        try {
            medium.write(name, file);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    /**
     * Reads a blob for CMD_GET_STATEBLOB: with a migration key it is encrypted with that.
     *
     * @param decrypted whether the state key is to be taken away inside
     * @return empty where there is no such blob
     */
    public synchronized Optional<ExportedBlob> exportBlob(StateName name, boolean decrypted) throws StoreException {
        Optional<byte[]> blob = load(name);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.export(blob.get(), decrypted));
        } finally {
            Arrays.fill(blob.get(), (byte) 0);
        }
    }

    /** As {@link #exportBlob(StateName, boolean)}, of a blob that the caller has. */
    public synchronized ExportedBlob exportBlob(byte[] blob, boolean decrypted) {
        return codec.export(blob, decrypted);
    }

    /**
     * What is in a blob that came by CMD_SET_STATEBLOB. The store keeps nothing of it.
     *
     * @param encrypted whether the client said by its flag that the state key was used
     * @return the blob for the TPM; of no octets if it takes the state away
     * @throws StoreException if it is no such blob, or there is no key for it, or the wrong one
     */
    public synchronized byte[] importBlob(byte[] octets, boolean encrypted) throws StoreException {
        return codec.imported(octets, encrypted);
    }

    /** Takes a blob away; false if there was none. */
    public synchronized boolean delete(StateName name) throws StoreException {
        return medium.delete(name);
    }

    /** The octets that a blob takes in the store, with all that is around it: what {@code --print-states} tells. */
    public synchronized OptionalLong size(StateName name) throws StoreException {
        return medium.size(name);
    }

    /** Where a blob is or would be, for a message to the user. */
    public String place(StateName name) {
        return medium.place(name);
    }

    /** Why there is no such blob, for a message to the user: what is to be seen at its place. */
    public synchronized String absence(StateName name) throws StoreException {
        return medium.absence(name);
    }

    /**
     * Exchanges the permanent state and its backup, to try to start from the latter; a second time undoes it.
     *
     * @return false if there is no backup, or none is kept
     */
    public synchronized boolean exchangeBackup() throws StoreException {
        return medium.exchangeBackup();
    }

    /**
     * Keeps other processes (jswtpm or swtpm) and other stores of this process out. Does nothing if the lock is held,
     * or if the options ask for none.
     *
     * @param retries how often to try again, 10 ms apart
     * @throws StoreException with {@link StoreError#FAIL} if another has the lock
     */
    public synchronized void lock(int retries) throws StoreException {
        if (locks) {
            medium.lock(retries);
        }
    }

    /** Gives the lock back, if it is held. */
    public synchronized void unlock() throws StoreException {
        medium.unlock();
    }

    /** Whether nothing is to be done before the state is used: the lock is held, or the options ask for none. */
    public synchronized boolean isLocked() {
        return !locks || medium.isLocked();
    }

    /** Whether what is in the store is encrypted. */
    public boolean hasStateKey() {
        return codec.hasStateKey();
    }

    /** Whether what leaves the store is encrypted. */
    public boolean hasMigrationKey() {
        return codec.hasMigrationKey();
    }

    /** Gives the lock back and wipes the keys. */
    @Override
    public synchronized void close() throws StoreException {
        codec.wipeKeys();
        medium.close();
    }
}
