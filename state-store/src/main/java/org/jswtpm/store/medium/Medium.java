package org.jswtpm.store.medium;

import java.util.Optional;
import java.util.OptionalLong;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreException;

/** Holds whole state files, whose contents it does not look into. Not thread-safe; its owner sees to that. */
public interface Medium extends AutoCloseable {
    /** The largest state file that is read or written, octets. */
    int MAX_FILE_SIZE = 4 << 20;

    /** The contents, or empty where there are none. */
    Optional<byte[]> read(StateName name) throws StoreException;

    /** Replaces the contents. When this throws before the new ones are in place, the old ones remain. */
    void write(StateName name, byte[] contents) throws StoreException;

    /** Removes the contents; false if there were none. */
    boolean delete(StateName name) throws StoreException;

    /** The length of the contents as {@link #read} would give them, unread. */
    OptionalLong size(StateName name) throws StoreException;

    /** Where the contents are, for messages. */
    String place(StateName name);

    /** Why {@link #read} gives nothing, for messages: what is to be seen at its place. */
    String absence(StateName name) throws StoreException;

    /**
     * Exchanges the permanent state and its backup; doing it twice changes nothing.
     *
     * @return false if no backup is kept or there is none
     */
    boolean exchangeBackup() throws StoreException;

    /**
     * Takes the lock that keeps other processes, and other stores of this one, out. Does nothing if it is held.
     *
     * @param retries how often to try again, 10 ms apart
     */
    void lock(int retries) throws StoreException;

    /** Gives the lock back. Does nothing if it is not held. */
    void unlock() throws StoreException;

    /** Whether {@link #lock} succeeded and {@link #unlock} has not been called since. */
    boolean isLocked();

    @Override
    void close() throws StoreException;
}
