package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinearMediumTest {
    private static final byte[] OLD = filled(100, 1);
    private static final byte[] NEW = filled(120, 2);

    @TempDir
    Path directory;

    private Path file;
    private LinearMedium medium;

    @BeforeEach
    void open() {
        file = directory.resolve("store");
        medium = new LinearMedium(FileOptions.of(file));
    }

    @AfterEach
    void close() throws StoreException {
        medium.close();
    }

    @Test
    void readingMakesNoFile() throws IOException {
        assertTrue(medium.read(StateName.PERMALL).isEmpty());
        assertTrue(medium.size(StateName.PERMALL).isEmpty());
        assertFalse(medium.delete(StateName.PERMALL));
        assertFalse(Files.exists(file));
    }

    @Test
    void writesTheLayoutOfSwtpm() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        byte[] written = Files.readAllBytes(file);
        assertEquals(192 + 128, written.length);
        assertEquals(
                "6e696c6d70747773" + "01" + "00" + "c000" + "c0000000" + "64000000" + "80000000",
                HexFormat.of().formatHex(written, 0, 24));
        assertArrayEquals(new byte[192 - 24], Arrays.copyOfRange(written, 24, 192));
        assertArrayEquals(OLD, Arrays.copyOfRange(written, 192, 292));
    }

    @Test
    void keepsOldContentsUntilTheHeaderPointsToTheNew() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.write(StateName.PERMALL, NEW);
        assertArrayEquals(OLD, Arrays.copyOfRange(Files.readAllBytes(file), 192, 292));
        assertArrayEquals(NEW, Arrays.copyOfRange(Files.readAllBytes(file), 320, 440));
        medium.write(StateName.PERMALL, OLD);
        assertEquals(448, Files.size(file));
    }

    @ParameterizedTest
    @EnumSource(names = {"SECTION_WRITTEN", "HEADER_WRITTEN"})
    void crashLeavesOldOrNew(WriteStep step) throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.write(StateName.VOLATILESTATE, OLD);
        medium.close();
        StepHook failure = done -> {
            if (done == step) {
                throw new IOException("Input/output error");
            }
        };
        try (LinearMedium failing = new LinearMedium(FileOptions.of(file), failure, new SecureModes())) {
            assertThrows(StoreException.class, () -> failing.write(StateName.PERMALL, NEW));
        }
        assertArrayEquals(
                step == WriteStep.SECTION_WRITTEN ? OLD : NEW,
                medium.read(StateName.PERMALL).orElseThrow());
        assertArrayEquals(OLD, medium.read(StateName.VOLATILESTATE).orElseThrow());
    }

    @Test
    void holdsWhatWasWrittenLastInEachSlot() throws IOException {
        Random random = new Random(7);
        byte[][] model = new byte[3][];
        for (int i = 0; i < 500; i++) {
            StateName name = StateName.values()[random.nextInt(3)];
            if (random.nextInt(5) == 0) {
                assertEquals(model[name.ordinal()] != null, medium.delete(name));
                model[name.ordinal()] = null;
            } else {
                model[name.ordinal()] = filled(1 + random.nextInt(5000), i);
                medium.write(name, model[name.ordinal()]);
            }
            for (StateName each : StateName.values()) {
                assertArrayEquals(model[each.ordinal()], medium.read(each).orElse(null), "after step " + i);
            }
            assertSectionsTouch(Files.readAllBytes(file));
        }
    }

    /** swtpm moves all that is behind a section by the length of that section. */
    private static void assertSectionsTouch(byte[] store) {
        ByteBuffer header = ByteBuffer.wrap(store).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot = 0; slot < 3; slot++) {
            int end = header.getInt(12 + 12 * slot) + header.getInt(20 + 12 * slot);
            boolean last = true;
            boolean touches = false;
            for (int other = 0; other < 3; other++) {
                int offset = header.getInt(12 + 12 * other);
                last &= offset <= header.getInt(12 + 12 * slot);
                touches |= offset == end;
            }
            assertTrue(header.getInt(12 + 12 * slot) == 0 || last || touches, "slot " + slot);
            assertTrue(end <= store.length);
        }
    }

    @Test
    void shrinksWhenABlobIsDeleted() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.write(StateName.VOLATILESTATE, filled(10_000, 3));
        assertTrue(medium.delete(StateName.VOLATILESTATE));
        assertEquals(320, Files.size(file));
        assertTrue(medium.delete(StateName.PERMALL));
        assertEquals(192, Files.size(file));
    }

    @Test
    void formatsFilesOfZeros() throws IOException {
        Files.write(file, new byte[4096]);
        assertTrue(medium.read(StateName.PERMALL).isEmpty());
        medium.write(StateName.PERMALL, OLD);
        assertArrayEquals(OLD, medium.read(StateName.PERMALL).orElseThrow());
        assertEquals(4096, Files.size(file));
    }

    @Test
    void refusesForeignFiles() throws IOException {
        for (int length : new int[] {1, 8, 191, 192, 5000}) {
            byte[] foreign = new byte[length];
            foreign[length / 2 % 192] = 1;
            Files.write(file, foreign);
            assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL));
            assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, OLD));
            assertArrayEquals(foreign, Files.readAllBytes(file));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, 02, BAD_VERSION",
        "10, c100, BAD_DATASIZE",
        "12, 00000000, FAIL", // empty, but with a length: taken for empty it would become a new TPM
        "12, bf000000, FAIL", // offset within the header
        "12, ffffffff, FAIL",
        "16, 81000000, FAIL", // contents longer than the section
        "20, 81000000, FAIL", // section overlaps the next
        "20, ffffffff, FAIL",
        "24, 00100000, FAIL", // offset behind the end
        "32, 81000000, FAIL", // section ends behind the end
        "36, c0000000 01000000 01000000, FAIL" // a slot that no program uses, over slot 0
    })
    void refusesSectionsThatCannotBe(int at, String hex, StoreError error) throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.write(StateName.VOLATILESTATE, OLD);
        byte[] damaged = Files.readAllBytes(file);
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        System.arraycopy(octets, 0, damaged, at, octets.length);
        Files.write(file, damaged);
        assertEquals(
                error,
                assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL))
                        .error());
        assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, OLD));
        assertArrayEquals(damaged, Files.readAllBytes(file));
    }

    @Test
    void refusesContentsAboveTheLimit() {
        assertEquals(
                StoreError.SIZE,
                assertThrows(
                                StoreException.class,
                                () -> medium.write(StateName.PERMALL, new byte[Medium.MAX_FILE_SIZE + 1]))
                        .error());
    }

    @Test
    void followsNoLinkToAFile() throws IOException {
        Path elsewhere = Files.write(directory.resolve("elsewhere"), new byte[192]);
        Files.createSymbolicLink(file, elsewhere);
        assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, OLD));
        assertArrayEquals(new byte[192], Files.readAllBytes(elsewhere));
    }

    @Test
    void refusesDirectoriesAndDevicesOfNoSize() {
        try (LinearMedium ofDirectory = new LinearMedium(FileOptions.of(directory));
                LinearMedium ofNull = new LinearMedium(FileOptions.of(Path.of("/dev/null")))) {
            assertThrows(StoreException.class, () -> ofDirectory.read(StateName.PERMALL));
            assertThrows(StoreException.class, () -> ofNull.read(StateName.PERMALL));
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenModeIsAppliedToFilesNewAndOld() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.close();
        try (LinearMedium given = new LinearMedium(new FileOptions(file, OptionalInt.of(0606), false))) {
            given.read(StateName.PERMALL);
        }
        assertEquals(PosixFilePermissions.fromString("rw----rw-"), Files.getPosixFilePermissions(file));
    }

    /** Scripts look for swtpm's words. */
    @Test
    void tellsThatSomebodyElseHasTheLock() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertTrue(held.isValid());
            StoreException refusal = assertThrows(StoreException.class, () -> medium.lock(1));
            assertTrue(
                    refusal.getMessage()
                            .contains("SWTPM_NVRAM_LinearFile_Lock: Could not lock backend-uri file://" + file
                                    + ": Resource temporarily unavailable"),
                    refusal::getMessage);
        }
        medium.lock(0);
    }

    @Test
    void locksTheFile() throws IOException {
        medium.lock(0);
        assertTrue(medium.isLocked());
        LinearMedium second = new LinearMedium(FileOptions.of(file));
        assertThrows(StoreException.class, () -> second.lock(0));
        assertThrows(StoreException.class, () -> second.read(StateName.PERMALL));
        medium.write(StateName.PERMALL, OLD);
        medium.unlock();
        assertFalse(medium.isLocked());
        assertArrayEquals(OLD, medium.read(StateName.PERMALL).orElseThrow());
        medium.close();
        second.lock(0);
        second.close();
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
