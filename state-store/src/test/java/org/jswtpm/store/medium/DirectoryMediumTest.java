package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryMediumTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    @TempDir
    Path directory;

    private DirectoryMedium medium;

    @BeforeEach
    void open() {
        medium = new DirectoryMedium(DirectoryOptions.of(directory, true));
    }

    @ParameterizedTest
    @EnumSource
    void namesFilesAsSwtpmDoes(StateName name) throws IOException {
        medium.write(name, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(directory.resolve("tpm2-00." + name.suffix())));

        new DirectoryMedium(DirectoryOptions.of(directory, false)).write(name, OLD);
        assertArrayEquals(OLD, Files.readAllBytes(directory.resolve("tpm-00." + name.suffix())));
    }

    @Test
    void missingFileIsEmpty() throws IOException {
        assertTrue(medium.read(StateName.PERMALL).isEmpty());
        assertEquals(OptionalLong.empty(), medium.size(StateName.PERMALL));
        assertFalse(medium.delete(StateName.PERMALL));
    }

    @Test
    void deletes() throws IOException {
        medium.write(StateName.VOLATILESTATE, NEW);
        assertTrue(medium.delete(StateName.VOLATILESTATE));
        assertFalse(Files.exists(directory.resolve("tpm2-00.volatilestate")));
    }

    @Test
    void missingDirectoryIsEmptyUntilItIsNeeded() throws IOException {
        Path missing = directory.resolve("missing");
        DirectoryMedium nowhere = new DirectoryMedium(DirectoryOptions.of(missing, true));
        assertTrue(nowhere.read(StateName.PERMALL).isEmpty());
        assertTrue(nowhere.size(StateName.PERMALL).isEmpty());
        StoreException refusal = assertThrows(StoreException.class, () -> nowhere.write(StateName.PERMALL, NEW));
        assertEquals(
                "cannot write " + missing.resolve("tpm2-00.permall") + ": No such file or directory",
                refusal.getMessage());
        assertEquals(StoreError.FAIL, refusal.error());
        assertThrows(StoreException.class, () -> nowhere.lock(0));
    }

    @Test
    void leavesNoTemporaryFile() throws IOException {
        medium.write(StateName.PERMALL, OLD);
        medium.write(StateName.PERMALL, NEW);
        assertArrayEquals(new String[] {"tpm2-00.permall"}, directory.toFile().list());
    }

    @Test
    void replacesTemporaryFileThatACrashLeft() throws IOException {
        Files.write(directory.resolve("TMP2-00.permall"), new byte[100]);
        medium.write(StateName.PERMALL, NEW);
        assertArrayEquals(NEW, medium.read(StateName.PERMALL).orElseThrow());
        assertFalse(Files.exists(directory.resolve("TMP2-00.permall")));
    }

    @Test
    void refusesFilesAboveTheLimit() throws IOException {
        byte[] tooLong = new byte[Medium.MAX_FILE_SIZE + 1];
        assertEquals(
                StoreError.SIZE,
                assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, tooLong))
                        .error());
        Files.write(directory.resolve("tpm2-00.permall"), tooLong);
        assertEquals(
                StoreError.SIZE,
                assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL))
                        .error());
    }

    @Test
    void followsNoLinkWhenItReads() throws IOException {
        Path elsewhere = Files.write(directory.resolve("elsewhere"), OLD);
        Files.createSymbolicLink(directory.resolve("tpm2-00.permall"), elsewhere);
        assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL));
        assertThrows(StoreException.class, () -> medium.size(StateName.PERMALL));
    }

    @Test
    void followsNoLinkWhenItLocks() throws IOException {
        Files.createSymbolicLink(directory.resolve(".lock"), directory.resolve("elsewhere"));
        assertThrows(StoreException.class, () -> medium.lock(0));
        assertFalse(Files.exists(directory.resolve("elsewhere")));
    }

    @Test
    void refusesWhatIsNoRegularFile() throws IOException {
        Files.createDirectory(directory.resolve("tpm2-00.permall"));
        assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL));
        assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, NEW));
        assertFalse(Files.exists(directory.resolve("TMP2-00.permall")));
    }

    @Test
    void defaultModeIsMaskedByTheUmask() throws IOException {
        medium.write(StateName.PERMALL, NEW);
        Set<PosixFilePermission> expected = PosixFilePermissions.fromString("rw-r-----");
        expected.retainAll(notMaskedByUmask());
        assertEquals(expected, mode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0600, 0666, 0640, 0777, 0400})
    void givenModeIsNotMasked(int bits) throws IOException {
        DirectoryMedium given = withMode(bits);
        given.write(StateName.PERMALL, OLD);
        given.write(StateName.PERMALL, NEW);
        assertEquals(FileMode.permissions(bits), mode());
    }

    @Test
    void givenModeIsAppliedToAFileThatIsRead() throws IOException {
        medium.write(StateName.PERMALL, NEW);
        withMode(0604).read(StateName.PERMALL);
        assertEquals(PosixFilePermissions.fromString("rw----r--"), mode());
    }

    @Test
    void readOnlyFileThatIsReadBecomesWritable() throws IOException {
        medium.write(StateName.PERMALL, NEW);
        Files.setPosixFilePermissions(
                directory.resolve("tpm2-00.permall"), PosixFilePermissions.fromString("r--------"));
        medium.read(StateName.PERMALL);
        assertEquals(PosixFilePermissions.fromString("rw-r-----"), mode());
    }

    @Test
    void keepsTheLockOfAnotherStoreInThisProcess() throws IOException {
        DirectoryMedium other = new DirectoryMedium(DirectoryOptions.of(directory, true));
        medium.lock(0);
        assertTrue(medium.isLocked());
        assertEquals(
                StoreError.FAIL,
                assertThrows(StoreException.class, () -> other.lock(1)).error());
        assertFalse(other.isLocked());
        medium.lock(0);
        medium.close();
        assertFalse(medium.isLocked());
        other.lock(0);
        other.close();
    }

    private DirectoryMedium withMode(int bits) {
        return new DirectoryMedium(new DirectoryOptions(directory, true, OptionalInt.of(bits), true, false, false));
    }

    private Set<PosixFilePermission> mode() throws IOException {
        return Files.getPosixFilePermissions(directory.resolve("tpm2-00.permall"));
    }

    private Set<PosixFilePermission> notMaskedByUmask() throws IOException {
        Path probe = Files.createFile(
                directory.resolve("probe"),
                PosixFilePermissions.asFileAttribute(EnumSet.allOf(PosixFilePermission.class)));
        return Files.getPosixFilePermissions(probe);
    }
}
