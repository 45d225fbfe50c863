package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A POSIX record lock on a whole file ({@code docs/state/swtpm-files.md}, 1.2), the same call that swtpm uses.
 *
 * <p>Such a lock belongs to the process and goes when any descriptor of the file is closed. So a second store in this
 * process must not even open the file that the first one has locked, and what this process holds is known process-wide.
 */
final class RecordLock {
    private static final int LOCK_FILE_MODE = 0660;
    private static final long RETRY_MILLIS = 10;

    /** The file keys of all files that this process has locked here; also the monitor for opening and closing them. */
    private static final List<Object> HELD = new ArrayList<>();

    private final FileChannel channel;
    private final Object fileKey;

    private RecordLock(FileChannel channel, Object fileKey) {
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /**
     * Locks {@code file}, which is created if it is not there.
     *
     * @return null if another process or store had it, at the first try and at each of {@code retries} more
     */
    static RecordLock acquire(Path file, int retries) throws IOException {
        for (int left = retries; ; left--) {
            RecordLock lock = tryAcquire(file);
            if (lock != null || left <= 0) {
                return lock;
            }
            pause();
        }
    }

    private static RecordLock tryAcquire(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(fileKeyOf(file))) {
                return null;
            }
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(FileMode.permissions(LOCK_FILE_MODE)));
            boolean locked = false;
            try {
                locked = tryLock(channel);
                if (!locked) {
                    return null;
                }
                Object key = fileKeyOf(file);
                HELD.add(key);
                return new RecordLock(channel, key);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // other code in this process has it
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

    /** Unlocks the file. It stays. */
    void release() throws IOException {
        synchronized (HELD) {
            HELD.remove(fileKey);
            channel.close();
        }
    }
}
