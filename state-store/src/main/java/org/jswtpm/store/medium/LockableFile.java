package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An open file that can carry a POSIX record lock on all of it ({@code docs/state/swtpm-files.md}, 1.2), by the same call
 * that swtpm uses.
 *
 * <p>Such a lock belongs to the process and goes when any descriptor of the file is closed. So this process must never
 * open one of these files twice, and which ones are open is known process-wide.
 */
final class LockableFile {
    private static final long RETRY_MILLIS = 10;

    /** Device and inode of each file that is open here; also the monitor for opening and closing them. */
    private static final List<Object> OPEN = new ArrayList<>();

    private final FileChannel channel;
    private final Object fileKey;
    private FileLock lock; // null when not locked

    private LockableFile(FileChannel channel, Object fileKey) {
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /** Opens {@code file}; null if this process has it open already. */
    static LockableFile open(Path file, Set<OpenOption> options, FileAttribute<?> mode) throws IOException {
        synchronized (OPEN) {
            if (OPEN.contains(fileKeyOf(file))) {
                return null;
            }
            FileChannel channel = FileChannel.open(file, options, mode);
            StateFile.requireSeekable(channel);
            Object key = fileKeyOf(file);
            OPEN.add(key);
            return new LockableFile(channel, key);
        }
    }

    /** Opens and locks {@code file}; null if another had it at the first try and at each of {@code retries} more. */
    static LockableFile openLocked(Path file, Set<OpenOption> options, FileAttribute<?> mode, int retries)
            throws IOException {
        for (int left = retries; ; left--) {
            LockableFile opened = open(file, options, mode);
            if (opened != null) {
                if (opened.tryLock()) {
                    return opened;
                }
                opened.close();
            }
            if (left <= 0) {
                return null;
            }
            pause();
        }
    }

    /** Locks the file; false if another had it at the first try and at each of {@code retries} more. */
    boolean lock(int retries) throws IOException {
        for (int left = retries; !tryLock(); left--) {
            if (left <= 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean tryLock() throws IOException {
        if (lock == null) {
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                return false; // other code in this process has it
            }
        }
        return lock != null;
    }

    /** Gives the lock back, if it is held. */
    void unlock() throws IOException {
        if (lock != null) {
            FileLock held = lock;
            lock = null;
            held.release();
        }
    }

    boolean isLocked() {
        return lock != null;
    }

    FileChannel channel() {
        return channel;
    }

    /** Closes the file, which takes the lock away. */
    void close() throws IOException {
        synchronized (OPEN) {
            lock = null;
            OPEN.remove(fileKey);
            channel.close();
        }
    }

    /** Device and inode; null if there is no such file. */
    private static Object fileKeyOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the lock", e);
        }
    }
}
