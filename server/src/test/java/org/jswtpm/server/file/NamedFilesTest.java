package org.jswtpm.server.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.cli.Settings.Pcap;
import org.jswtpm.server.cli.Settings.PidTarget;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.PidFile;
import org.jswtpm.server.record.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log, pid file and recording where something else lies, and what is taken away at the end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedFilesTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("name");
    }

    private void make(String kind) throws Exception {
        switch (kind) {
            case "fifo" ->
                assertEquals(
                        0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
            case "directory" -> Files.createDirectory(path);
            case "link" -> Files.createSymbolicLink(path, Files.createFile(directory.resolve("target")));
            default -> throw new IllegalArgumentException(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "directory", "link"})
    void isRefusedAndLeftWhereItIs(String kind) throws Exception {
        make(kind);
        String name = path.toString();
        for (boolean truncate : new boolean[] {false, true}) {
            assertThrows(IOException.class, () -> Log.open(new LogTarget(name, -1, 1, null, truncate)));
            assertThrows(IOException.class, () -> Recording.start(new Pcap(name, -1, 0600, truncate, false)));
        }
        assertThrows(IOException.class, () -> PidFile.write(new PidTarget(name, -1)));
        assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aLogMayGoToADevice() {
        assertDoesNotThrow(() -> Log.open(new LogTarget("/dev/null", -1, 1, null, false)));
    }

    @Test
    void pidFileIsTakenAwayAtTheEnd() throws IOException {
        PidFile.write(new PidTarget(path.toString(), -1)).close();
        assertFalse(Files.exists(path));
    }

    @Test
    void pidFileOfAnotherIsNot() throws IOException {
        PidFile mine = PidFile.write(new PidTarget(path.toString(), -1));
        Path other = Files.writeString(directory.resolve("other"), "1");
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        mine.close();
        assertEquals("1", Files.readString(path));
    }

    @Test
    void directoryInPlaceOfThePidFileIsNot() throws IOException {
        PidFile mine = PidFile.write(new PidTarget(path.toString(), -1));
        Files.delete(path);
        Files.createDirectory(path);
        mine.close();
        assertTrue(Files.isDirectory(path));
    }

    @Test
    void namedFifoIsNoFileToRead() throws Exception {
        make("fifo");
        assertThrows(IOException.class, () -> OwnFile.requireReadable(path));
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        assertThrows(IOException.class, () -> OwnFile.requireReadable(link));
        assertThrows(IOException.class, () -> OwnFile.requireReadable(directory));
        assertThrows(IOException.class, () -> OwnFile.requireReadable(Path.of("/dev/zero")));
    }
}
