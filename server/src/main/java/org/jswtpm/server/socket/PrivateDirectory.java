package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A directory in which only this process's user can do anything, in one that others can write. It is held open and used by
 * the name that /proc has for its descriptor, so that it does not matter what others do with its path. That name is short, too.
 */
final class PrivateDirectory implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String UMASK = "\nUmask:\t";
    private static final int OF_OTHERS = 0077;
    private static final int OF_OWNER = 0700;
    private static final int OCTAL = 8;

    private final Path made;
    private final FileChannel channel;
    private final Path path;

    private PrivateDirectory(Path made, FileChannel channel, Path path) {
        this.made = made;
        this.channel = channel;
        this.path = path;
    }

    /**
     * Whether one can be used: /proc is there, and no umask keeps this user out of what is his own.
     *
     * @param user negative if unknown, for want of /proc
     */
    static boolean isPossible(int user) {
        if (user < 0) {
            return false;
        }
        try {
            String status = Files.readString(STATUS, StandardCharsets.ISO_8859_1);
            int at = status.indexOf(UMASK) + UMASK.length();
            return (Integer.parseInt(status, at, status.indexOf('\n', at), OCTAL) & OF_OWNER) == 0;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /**
     * Makes one.
     *
     * @param parent a path without links
     * @param user whom it must belong to
     */
    static PrivateDirectory make(Path parent, String name, int user) throws IOException {
        Path made = Files.createDirectory(
                parent.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel = null;
        try {
            channel = FileChannel.open(made, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new PrivateDirectory(made, channel, find(made, user));
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(made);
            throw e;
        }
    }

    /** Java does not tell the number of a descriptor. What has been opened may be another directory than the one that was made. */
    private static Path find(Path made, int user) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path each : descriptors) {
                if (isLinkTo(each, made) && isPrivate(each, user)) {
                    return each;
                }
            }
        }
        throw new FileSystemException(made.toString(), null, "somebody else has put something in its place");
    }

    private static boolean isLinkTo(Path descriptor, Path made) {
        try {
            return Files.readSymbolicLink(descriptor).equals(made);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static boolean isPrivate(Path directory, int user) throws IOException {
        Map<String, Object> status = Files.readAttributes(directory, "unix:mode,uid");
        return ((int) status.get("mode") & OF_OTHERS) == 0 && (int) status.get("uid") == user;
    }

    /** By which it is used as long as it is open. */
    Path path() {
        return path;
    }

    /** Takes it away, if it is empty and still where it was made. */
    @Override
    public void close() throws IOException {
        channel.close();
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            // others have moved it, or put something in its place, which is not ours to take away
        }
    }
}
