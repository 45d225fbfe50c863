package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorModesTest {
    private final DescriptorModes modes = new DescriptorModes();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("file");
    }

    @Test
    void createsAFileWithTheModeWhateverTheUmask() throws IOException {
        try (FileChannel channel = modes.create(file, 0666)) {
            assertEquals(3, channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        }
        assertEquals("rw-rw-rw-", modeOf(file));
        assertEquals(3, Files.size(file));
        assertThrows(IOException.class, () -> modes.create(file, 0600));
        assertEquals("rw-rw-rw-", modeOf(file));
    }

    @Test
    void setsTheModeOfAFileThatIsThere() throws IOException {
        Files.createFile(file);
        modes.set(file, 0604);
        assertEquals("rw----r--", modeOf(file));
    }

    @Test
    void writesBehindWhatAFileHasOrInItsPlace() throws IOException {
        Files.write(file, new byte[] {1, 2, 3});
        try (FileChannel channel = modes.openToWrite(file, 0640, false)) {
            assertEquals(1, channel.write(ByteBuffer.wrap(new byte[] {4})));
        }
        assertEquals(4, Files.size(file));
        modes.openToWrite(file, 0604, true).close();
        assertEquals(0, Files.size(file));
        assertEquals("rw----r--", modeOf(file));
    }

    @Test
    void leavesAloneWhatALinkLeadsTo() throws IOException {
        Files.createFile(file);
        modes.set(file, 0600);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThrows(IOException.class, () -> modes.set(link, 0666));
        assertThrows(IOException.class, () -> modes.create(link, 0666));
        assertThrows(IOException.class, () -> modes.openToWrite(link, 0666, true));
        assertEquals("rw-------", modeOf(file));
    }

    @Test
    void refusesWhatIsNoFile() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "600", fifo.toString())
                        .start()
                        .waitFor());
        Files.createDirectory(file);
        String before = modeOf(file);
        for (Path path : new Path[] {fifo, file}) {
            assertThrows(IOException.class, () -> modes.set(path, 0666));
            assertThrows(IOException.class, () -> modes.openToWrite(path, 0666, false));
        }
        assertEquals("rw-------", modeOf(fifo));
        assertEquals(before, modeOf(file));
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
