package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureModesTest {
    @TempDir
    Path directory;

    @Test
    void setsTheModeOfAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        new SecureModes().set(file, 0604);
        assertEquals("rw----r--", modeOf(file));
    }

    @Test
    void leavesAloneWhatALinkLeadsTo() throws IOException {
        Path victim = Files.createFile(
                directory.resolve("victim"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
        assertThrows(IOException.class, () -> new SecureModes().set(link, 0666));
        assertEquals("rw-------", modeOf(victim));
    }

    @Test
    void createsWhatTheUmaskWouldMask() throws IOException {
        Path file = directory.resolve("file");
        try (FileChannel _unused = new SecureModes().create(file, 0666)) {
            assertEquals("rw-rw-rw-", modeOf(file));
        }
        assertThrows(IOException.class, () -> new SecureModes().create(file, 0600));
        assertEquals("rw-rw-rw-", modeOf(file));
    }

    private static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
