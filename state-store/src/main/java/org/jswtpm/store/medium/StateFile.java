package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * What may be done at a path that is the store's by its name. A FIFO, a device, a link or a directory there is somebody
 * else's: it is not opened, which may wait or do something, nor replaced or removed.
 */
final class StateFile {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private StateFile() {}

    /**
     * Its status.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws StoreException if it is no regular file
     */
    static FileStatus status(Path file) throws IOException {
        FileStatus status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
        if (!status.isRegular()) {
            throw new StoreException(StoreError.FAIL, file.getFileName() + " is not a regular file");
        }
        return status;
    }

    /** Whether it is there. */
    static boolean isThere(Path file) throws IOException {
        try {
            status(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Opens it, whose status was looked at, to read it. Opened for writing, too, a FIFO that came to its place since then
     * keeps nobody waiting.
     */
    static FileChannel open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, READ_AND_WRITE);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) { // no right to write, or a file system without
            channel = FileChannel.open(file, READ);
        }
        requireSeekable(channel);
        return channel;
    }

    /** Refuses, and closes, what an open found to be no file: by the descriptor, whatever is at its path by now. */
    static void requireSeekable(FileChannel channel) throws IOException {
        try {
            channel.position();
        } catch (IOException e) {
            channel.close();
            throw new StoreException(StoreError.FAIL, "it is not a regular file", e);
        }
    }

    /** Removes it; false if there is nothing. */
    static boolean remove(Path file) throws IOException {
        return isThere(file) && Files.deleteIfExists(file);
    }

    /** rename(2) of a file of ours, to a name at which there is nothing or another one. */
    static void move(Path from, Path to) throws IOException {
        status(from);
        isThere(to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
