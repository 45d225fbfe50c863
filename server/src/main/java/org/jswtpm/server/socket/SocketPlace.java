package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jswtpm.server.file.FileType;
import org.jswtpm.server.process.KernelRandom;

/**
 * Where a Unix socket is bound before it gets its own path: under another name in the same directory, or in a directory of its
 * own there if others could exchange it while it gets its mode and its owner. Who finds the path then finds a socket that has both, and
 * listens.
 */
final class SocketPlace implements AutoCloseable {
    /** The longest path of a Unix socket in octets, without its NUL. */
    static final int MAX_PATH = 107;

    private static final int RANDOM_OCTETS = 4;
    private static final int MAX_SUFFIX = 8;

    private final Path path;
    /** Null if it is bound beside its own path. */
    private final PrivateDirectory directory;

    private SocketPlace(Path path, PrivateDirectory directory) {
        this.path = path;
        this.directory = directory;
    }

    /**
     * A place for a socket that is to be at {@code target} in the end.
     *
     * @param user the user of this process
     * @throws IOException if something else is at the target: it is not ours to take away
     */
    static SocketPlace of(Path target, int user) throws IOException {
        refuseWhatIsNoSocket(target);
        String random = random();
        Path directory = realDirectory(target);
        Path beside = beside(directory == null ? target : directory.resolve(target.getFileName()), random);
        boolean isBeside =
                directory == null || ClosedDirectory.is(directory, user) || !PrivateDirectory.isPossible(user);
        if (isBeside && beside != null) {
            return new SocketPlace(beside, null);
        }
        if (directory == null) {
            return new SocketPlace(target, null);
        }
        // nothing is bound by its path if this fails: it may be somebody else who sees to that
        PrivateDirectory within = PrivateDirectory.make(directory, random, user);
        return new SocketPlace(within.path().resolve(target.getFileName()), within);
    }

    /** The directory by a path without links; null if it cannot be told, as for the VM in a new root. */
    private static Path realDirectory(Path target) {
        try {
            Path real = target.toAbsolutePath().getParent().toRealPath();
            return Files.isSameFile(real, target.resolveSibling("")) ? real : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Another name in the same directory; null if none is short enough. */
    private static Path beside(Path target, String random) {
        String name = target.getFileName().toString();
        Path path = target.resolveSibling(name + random + suffix(name));
        if (length(path) > MAX_PATH) {
            path = target.resolveSibling(random);
        }
        return length(path) > MAX_PATH ? null : path;
    }

    /** Nobody can know it before, and lay a link there. */
    private static String random() {
        byte[] random = new byte[RANDOM_OCTETS];
        new KernelRandom().fill(random);
        StringBuilder name = new StringBuilder(".");
        for (byte octet : random) {
            name.append(Character.forDigit(octet >> 4 & 0xf, 16)).append(Character.forDigit(octet & 0xf, 16));
        }
        return name.toString();
    }

    /** Rules of AppArmor go by {@code *.sock}. */
    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= MAX_SUFFIX ? name.substring(dot) : "";
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** What may be replaced is the socket of a process that is gone, and the empty file by which a script reserved its name. */
    private static void refuseWhatIsNoSocket(Path target) throws IOException {
        FileType type = FileType.of(target, LinkOption.NOFOLLOW_LINKS);
        boolean replaceable = type == FileType.SOCKET || type == FileType.REGULAR && Files.size(target) == 0;
        if (!replaceable && type != FileType.NONE) {
            throw type.refusal(target, "a socket");
        }
    }

    /** The path to bind to. */
    Path path() {
        return path;
    }

    /** Gives the socket its own path, in the place of one that is left over there. */
    void moveTo(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes away what has not been moved. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            if (directory != null) {
                directory.close();
            }
        }
    }
}
