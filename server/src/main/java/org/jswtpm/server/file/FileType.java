package org.jswtpm.server.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What lies at a path. It is asked before a file is opened: to open a FIFO waits for its other end, and to open a device may
 * do something.
 */
public enum FileType {
    /** Nothing. */
    NONE(-1, "nothing"),
    /** A regular file. */
    REGULAR(0100000, "a file"),
    /** A directory. */
    DIRECTORY(0040000, "a directory"),
    /** A symbolic link. */
    LINK(0120000, "a symbolic link"),
    /** A FIFO, or a pipe. */
    FIFO(0010000, "a FIFO"),
    /** A Unix socket. */
    SOCKET(0140000, "a socket"),
    /** A character device. */
    CHARACTER_DEVICE(0020000, "a device"),
    /** A block device. */
    BLOCK_DEVICE(0060000, "a block device");

    private static final int TYPE = 0170000;

    private final int bits;
    private final String text;

    FileType(int bits, String text) {
        this.bits = bits;
        this.text = text;
    }

    /** What is at {@code path} itself; what a link leads to without {@link LinkOption#NOFOLLOW_LINKS}. */
    public static FileType of(Path path, LinkOption... options) throws IOException {
        int found;
        try {
            found = (int) Files.getAttribute(path, "unix:mode", options) & TYPE;
        } catch (NoSuchFileException e) {
            return NONE;
        }
        for (FileType type : values()) {
            if (type.bits == found) {
                return type;
            }
        }
        throw new FileSystemException(path.toString(), null, "It is of no known type");
    }

    /** Why it is not taken for what should be there. */
    public IOException refusal(Path path, String wanted) {
        return new FileSystemException(path.toString(), null, "It is " + text + ", not " + wanted);
    }
}
