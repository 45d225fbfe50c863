package org.jswtpm.server.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What a listening Unix socket leaves in its directory, and what it finds there. */
class UnixListenerTest {
    @TempDir
    Path directory;

    private static UnixListener open(Path path, int mode) throws IOException {
        return open(path, mode, null, null);
    }

    private static UnixListener open(Path path, int mode, String user, String group) throws IOException {
        return UnixListener.open(
                new Endpoint(EndpointKind.UNIX, path.toString(), 0, null, null, -1, mode, user, group, false));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Path exposed() throws IOException {
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0",
        "false, 0600",
        "false, 0770",
        "false, 0777",
        "true, 0",
        "true, 0600",
        "true, 0770",
        "true, 0777"
    })
    void hasItsModeWhateverTheUmaskIs(boolean isExposed, String octal) throws IOException {
        int mode = Integer.parseInt(octal, 8);
        Path path = (isExposed ? exposed() : directory).resolve("socket");
        try (UnixListener _ = open(path, mode)) {
            assertEquals(mode, (int) Files.getAttribute(path, "unix:mode") & 0777);
            assertEquals(List.of("socket"), files());
        }
        assertEquals(List.of(), files());
    }

    @Test
    void acceptsInADirectoryThatOthersCanWrite() throws IOException {
        Path path = exposed().resolve("socket");
        try (UnixListener listener = open(path, 0600);
                AFUNIXSocket client = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(path));
                Connection served = listener.accept()) {
            client.getOutputStream().write(7);
            ByteBuffer octet = ByteBuffer.allocateDirect(1);
            assertEquals(1, served.read(octet));
            assertEquals(7, octet.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "root, daemon"})
    void hasItsOwnerInADirectoryThatOthersCanWrite(String user, String group) throws IOException {
        assumeTrue((int) Files.getAttribute(directory, "unix:uid") == 0, "only root gives files away");
        Path path = exposed().resolve("socket");
        try (UnixListener _ = open(path, 0640, user, group)) {
            assertEquals(0, Files.getAttribute(path, "unix:uid"));
            assertEquals(1, Files.getAttribute(path, "unix:gid"));
            assertEquals(0640, (int) Files.getAttribute(path, "unix:mode") & 0777);
        }
    }

    /** Whatever has come to the directory is at once exchanged for a link that leads to a file of another, over and over. */
    @Test
    void changesNothingThatALinkLeadsTo(@TempDir Path elsewhere) throws Exception {
        Path victim = Files.createFile(
                elsewhere.resolve("victim"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Object owner = Files.getAttribute(victim, "unix:gid");
        Files.createSymbolicLink(
                Files.createDirectory(elsewhere.resolve("trap")).resolve("socket"), victim);
        Path path = exposed().resolve("socket");
        boolean root = (int) Files.getAttribute(directory, "unix:uid") == 0;
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger exchanged = new AtomicInteger();
        Thread attacker = new Thread(() -> {
            while (!over.get()) {
                exchange(elsewhere, exchanged);
            }
        });
        attacker.start();
        try {
            for (int i = 0; i < 200; i++) {
                int before = exchanged.get();
                try (UnixListener _ = open(path, 0666, root ? "1" : null, root ? "1" : null)) {
                    while (exchanged.get() == before) {
                        Thread.onSpinWait();
                    }
                } catch (IOException e) {
                    // the attacker was quicker
                }
                Files.deleteIfExists(path);
            }
        } finally {
            over.set(true);
            attacker.join();
        }
        assertEquals(0600, (int) Files.getAttribute(victim, "unix:mode") & 0777);
        assertEquals(owner, Files.getAttribute(victim, "unix:gid"));
    }

    /** A directory is moved away, which no link can replace at once. */
    private void exchange(Path elsewhere, AtomicInteger exchanged) {
        String[] names = directory.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path found = directory.resolve(name);
            Path link = elsewhere.resolve("link");
            try {
                boolean isDirectory = Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS);
                Files.createSymbolicLink(link, elsewhere.resolve(isDirectory ? "trap" : "victim"));
                if (isDirectory) {
                    Files.move(found, elsewhere.resolve("taken" + name));
                }
                Files.move(link, found, StandardCopyOption.ATOMIC_MOVE);
                exchanged.incrementAndGet();
            } catch (IOException e) {
                // gone already
            }
            link.toFile().delete();
        }
    }

    /** The name that it is bound by before is longer here than a Unix socket's may be. */
    @Test
    void takesThePathThatIsJustShortEnough() throws IOException {
        int rest = 107 - directory.toString().length() - 3;
        Path deep = Files.createDirectories(directory.resolve("d".repeat(rest)));
        Path path = deep.resolve("s");
        assertEquals(107, path.toString().length());
        try (UnixListener _ = open(path, 0600);
                AFUNIXSocket client = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(path))) {
            assertTrue(client.isConnected());
        }
        assertThrows(IOException.class, () -> open(deep.resolve("ss"), 0600));
    }

    @Test
    void takesThePlaceOfASocketThatIsLeftOver() throws IOException {
        Path path = directory.resolve("socket");
        UnixListener first = open(path, 0600);
        Object left = Files.getAttribute(path, "unix:ino");
        try (UnixListener _ = open(path, 0600)) {
            assertNotEquals(left, Files.getAttribute(path, "unix:ino"));
            first.close();
            assertTrue(Files.exists(path), "the end of one takes the socket of another away");
        }
        assertFalse(Files.exists(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory"})
    void leavesWhatIsNoSocketWhereItIs(String kind) throws IOException {
        Path path = directory.resolve("mine");
        if (kind.equals("file")) {
            Files.writeString(path, "kept");
        } else {
            Files.createDirectory(path);
        }
        IOException refused = assertThrows(IOException.class, () -> open(path, 0600));
        assertEquals(
                "Could not open UnixIO socket " + path + ": It is a " + kind + ", not a socket", refused.getMessage());
        assertEquals(List.of("mine"), files());
    }

    /** A link would be followed by whoever sets a mode by its path. */
    @Test
    void followsNoLink() throws IOException {
        Path target = Files.createFile(
                directory.resolve("target"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path path = Files.createSymbolicLink(directory.resolve("socket"), target);
        assertThrows(IOException.class, () -> open(path, 0666));
        assertTrue(Files.isSymbolicLink(path));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }
}
