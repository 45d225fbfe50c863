package org.jswtpm.server.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Something at a path, by its inode and its birth, since numbers of inodes are used again: what is there later is taken away
 * only if it is still the same.
 */
public final class OwnFile {
    private final Path path;
    private final BasicFileAttributes made;

    private OwnFile(Path path, BasicFileAttributes made) {
        this.path = path;
        this.made = made;
    }

    /** What is at {@code path} now; a link is not followed. */
    public static OwnFile at(Path path) throws IOException {
        return new OwnFile(path, attributes(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** What {@code opened} leads to, by the path at which it was made. */
    public static OwnFile at(Path path, Path opened) throws IOException {
        return new OwnFile(path, attributes(opened));
    }

    /** Removes it, if it is still there. */
    public void remove() throws IOException {
        try {
            BasicFileAttributes found = attributes(path, LinkOption.NOFOLLOW_LINKS);
            if (found.isDirectory() == made.isDirectory()
                    && found.fileKey().equals(made.fileKey())
                    && found.creationTime().equals(made.creationTime())) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // somebody else did
        }
    }

    /**
     * Refuses what is no file, where one is to be written.
     *
     * @throws IOException also for a link, which is not followed
     */
    public static void requireFileOrNothing(Path path) throws IOException {
        FileType type = FileType.of(path, LinkOption.NOFOLLOW_LINKS);
        if (type != FileType.REGULAR && type != FileType.NONE) {
            throw type.refusal(path, "a file");
        }
    }

    /**
     * Refuses what cannot be read to its end at once. What a pipe brings that is in no directory, as a shell's
     * {@code <(command)}, was handed down on purpose.
     */
    public static void requireReadable(Path path) throws IOException {
        FileType type = FileType.of(path);
        if (type == FileType.REGULAR || type == FileType.NONE || type == FileType.FIFO && !hasName(path)) {
            return;
        }
        throw type.refusal(path, "a file");
    }

    private static boolean hasName(Path path) {
        try {
            return Files.exists(path.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(Path path, LinkOption... options) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, options);
    }
}
