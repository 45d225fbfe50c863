package org.jswtpm.server.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What a listening Unix socket leaves in its directory, and what it finds there. */
class UnixListenerTest {
    @TempDir
    Path directory;

    private static UnixListener open(Path path, int mode) throws IOException {
        return UnixListener.open(
                new Endpoint(EndpointKind.UNIX, path.toString(), 0, null, null, -1, mode, null, null, false));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0600, 0770, 0777})
    void hasItsModeWhateverTheUmaskIs(int mode) throws IOException {
        Path path = directory.resolve("socket");
        try (UnixListener _ = open(path, mode)) {
            assertEquals(mode, (int) Files.getAttribute(path, "unix:mode") & 0777);
            assertEquals(List.of("socket"), files());
        }
        assertEquals(List.of(), files());
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
