package org.jswtpm.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.jswtpm.store.format.BlobHeader;
import org.jswtpm.store.format.Items;
import org.jswtpm.store.format.Tag;
import org.jswtpm.store.medium.DirectoryMedium;
import org.jswtpm.store.medium.Medium;

/**
 * The state blobs of one TPM, kept in swtpm's files ({@code docs/state/swtpm-files.md}).
 *
 * <p>Blobs go in and come out as libtpms makes them; header, items and encryption are put around them and checked here.
 * It can be used from any thread. Nothing is kept in memory: each blob that is loaded was read at that moment.
 */
public final class StateStore implements AutoCloseable {
    private final Medium medium;
    private final boolean locks;

    private StateStore(Medium medium, boolean locks) {
        this.medium = medium;
        this.locks = locks;
    }

    /** A store of files in a directory, which is not touched yet. */
    public static StateStore open(DirectoryOptions options) {
        return new StateStore(new DirectoryMedium(options), options.lock());
    }

    /**
     * Reads a blob.
     *
     * @return empty where there is none
     * @throws StoreException if there is one and it cannot be used; no file was changed
     */
    public synchronized Optional<byte[]> load(StateName name) throws StoreException {
        Optional<byte[]> file = medium.read(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(unwrap(file.get()));
        } catch (StoreException e) {
            throw e.in(medium.place(name));
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
        medium.write(name, wrap(blob));
    }

    /** Takes a blob away; false if there was none. */
    public synchronized boolean delete(StateName name) throws StoreException {
        return medium.delete(name);
    }

    /** The octets that a blob takes in the store, with all that is around it: what {@code --print-states} tells. */
    public synchronized OptionalLong size(StateName name) throws StoreException {
        return medium.size(name);
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

    /** Gives the lock back. */
    @Override
    public synchronized void close() throws StoreException {
        medium.close();
    }

    private static byte[] wrap(byte[] blob) {
        byte[] file = new byte[BlobHeader.SIZE + Items.ITEM_HEADER + blob.length];
        Items.put(file, BlobHeader.SIZE, Tag.DATA, blob);
        BlobHeader.write(file, 0);
        return file;
    }

    private static byte[] unwrap(byte[] file) throws StoreException {
        BlobHeader header = BlobHeader.read(file);
        if (header.flags() != 0) {
            throw new StoreException(StoreError.FAIL, "it is encrypted or a migration blob");
        }
        return Items.read(file, BlobHeader.SIZE, 1 << Tag.DATA).get(Tag.DATA);
    }
}
