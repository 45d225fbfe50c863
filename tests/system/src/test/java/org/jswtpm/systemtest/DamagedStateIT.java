package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state file that cannot be read: CMD_INIT says so, the daemon stays, and no file changes. */
class DamagedStateIT {
    private static final int HEADER_AND_TAG = 16; // swtpm's header, then the tag and the length of the data

    @TempDir
    private Path directory;

    private Path state;
    private Path permall;
    private byte[] whole;

    @BeforeEach
    void manufacture() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        try (RunningTpm tpm = RunningTpm.start(Swtpm.underTest(), state)) {
            tpm.execute(Tpm2Command.nvDefineSpace(new byte[0], 0x01800001, 32));
            tpm.shutDown();
        }
        permall = state.resolve("tpm2-00.permall");
        whole = Files.readAllBytes(permall);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 15, 16, 17, 100, 1000})
    void truncatedFileIsRefused(int length) throws Exception {
        assertRefused(Arrays.copyOf(whole, length));
    }

    @Test
    void fileWithoutItsLastOctetIsRefused() throws Exception {
        assertRefused(Arrays.copyOf(whole, whole.length - 1));
    }

    /** A field of the file whose damage no reader can miss. */
    enum Field {
        MIN_VERSION(1),
        HEADER_SIZE(3),
        TOTAL_LENGTH(9),
        DATA_TAG(11),
        DATA_LENGTH(15),
        BLOB_MAGIC(HEADER_AND_TAG + 2),
        BLOB_MIN_VERSION(HEADER_AND_TAG + 6);

        private final int offset;

        Field(int offset) {
            this.offset = offset;
        }
    }

    @ParameterizedTest
    @EnumSource
    void flippedBitIsRefused(Field field) throws Exception {
        byte[] damaged = whole.clone();
        damaged[field.offset] ^= 0x04;
        assertRefused(damaged);
    }

    @Test
    void foreignFileIsRefused() throws Exception {
        byte[] foreign = new byte[whole.length];
        Arrays.fill(foreign, (byte) 0x7f);
        assertRefused(foreign);
    }

    @Test
    @Needs({DebianPackage.QEMU, DebianPackage.SEABIOS, DebianPackage.LINUX_IMAGE})
    void qemuEndsWithAMessage() throws Exception {
        Files.write(permall, Arrays.copyOf(whole, 1000));
        NavigableMap<String, String> before = files();
        try (SwtpmProcess swtpm = Swtpm.underTest().start(state);
                ChildProcess qemu = new Guest(directory, Firmware.SEABIOS).start(state.resolve("swtpm-sock"))) {
            assertNotEquals(0, qemu.awaitExit(Duration.ofSeconds(60)));
            assertTrue(qemu.stderr().contains("TPM result for CMD_INIT"), qemu::describe);
            assertTrue(swtpm.process().stderr().length() > 0, "the daemon says nothing");
        }
        assertEquals(before, files());
    }

    private void assertRefused(byte[] damaged) throws Exception {
        Files.write(permall, damaged);
        NavigableMap<String, String> before = files();
        try (SwtpmProcess swtpm = Swtpm.underTest().start(state);
                ControlChannel control = swtpm.control()) {
            assertNotEquals(0, control.init(), "CMD_INIT");
            assertEquals(0, control.stop(), "CMD_STOP: the daemon has not stayed");
            assertNotEquals(0, control.init(), "the second CMD_INIT");
            String message = swtpm.process().stderr();
            assertFalse(message.isBlank(), "the daemon says nothing");
            assertFalse(message.contains("Exception"), message);
            assertEquals(0, control.shutdown(), "CMD_SHUTDOWN");
            assertEquals(0, swtpm.awaitExit());
        }
        assertEquals(before, files());
    }

    /** Every regular file of the state directory. */
    private NavigableMap<String, String> files() throws IOException {
        NavigableMap<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(state, Files::isRegularFile)) {
            for (Path entry : entries) {
                files.put(entry.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(entry)));
            }
        }
        return files;
    }
}
