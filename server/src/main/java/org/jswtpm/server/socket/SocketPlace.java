package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jswtpm.server.file.FileType;
import org.jswtpm.server.process.KernelRandom;
import org.jswtpm.server.process.OpenDirectory;

/**
 * Where a Unix socket is bound before it gets its own path: under another name in the same directory. Who finds the path
 * then finds a socket that has its mode and its owner, and listens.
 */
final class SocketPlace implements AutoCloseable {
    /** The longest path of a Unix socket in octets, without its NUL. */
    static final int MAX_PATH = 107;

    private static final int RANDOM_OCTETS = 4;
    private static final int MAX_SUFFIX = 8;

    private final Path path;
    private final OpenDirectory directory;

    private final boolean exposed;

    private SocketPlace(Path path, OpenDirectory directory, boolean exposed) {
        this.path = path;
        this.directory = directory;
        this.exposed = exposed;
    }

    /**
     * A place for a socket that is to be at {@code target} in the end.
     *
     * @throws IOException if something else is at the target: it is not ours to take away
     */
    static SocketPlace of(Path target) throws IOException {
        refuseWhatIsNoSocket(target);
        Path closed = ClosedDirectory.find(target.toAbsolutePath().getParent());
        Path parent = closed == null ? target.getParent() : closed;
        String name = target.getFileName().toString();
        String random = random();
        Path path = in(parent, name + random + suffix(name));
        if (length(path) > MAX_PATH) {
            path = in(parent, random);
        }
        if (length(path) <= MAX_PATH) {
            return new SocketPlace(path, null, closed == null);
        }
        OpenDirectory directory = OpenDirectory.of(parent == null ? "." : parent.toString());
        return new SocketPlace(directory.path().resolve(random), directory, closed == null);
    }

    private static Path in(Path parent, String name) {
        return parent == null ? Path.of(name) : parent.resolve(name);
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

    /** Whether somebody else may exchange what is at the path. */
    boolean isExposed() {
        return exposed;
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
