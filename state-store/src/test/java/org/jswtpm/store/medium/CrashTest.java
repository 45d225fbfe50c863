package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends the process (or a system call fails) at each step of a write or an exchange, and starts again. */
class CrashTest {
    private static final byte[] OLDER = {0};
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};
    private static final Set<WriteStep> EXCHANGE =
            EnumSet.of(WriteStep.EXCHANGE_PARKED, WriteStep.EXCHANGE_RENAMED, WriteStep.EXCHANGE_DONE);

    @TempDir
    Path directory;

    /** Not an exception that anything but this test catches: no code of ours runs after it but finally blocks. */
    private static final class ProcessEnds extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SECTION_WRITTEN", "HEADER_WRITTEN"})
    void writeLeavesOldOrNew(WriteStep step) throws IOException {
        medium(s -> {}).write(StateName.PERMALL, OLDER);
        medium(s -> {}).write(StateName.PERMALL, OLD);
        DirectoryMedium crashing = medium(crashAt(step));
        if (EXCHANGE.contains(step)) {
            crashing.write(StateName.PERMALL, NEW);
        } else {
            assertThrows(ProcessEnds.class, () -> crashing.write(StateName.PERMALL, NEW));
        }
        byte[] expected = step.compareTo(WriteStep.RENAMED) < 0 ? OLD : NEW;
        assertArrayEquals(expected, medium(s -> {}).read(StateName.PERMALL).orElseThrow());
        assertWritesAndKeepsBackup(expected);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SECTION_WRITTEN", "HEADER_WRITTEN"})
    void failureBeforeTheRenameLeavesOldAndNoTemporary(WriteStep step) throws IOException {
        if (step.compareTo(WriteStep.RENAMED) >= 0) {
            return;
        }
        medium(s -> {}).write(StateName.PERMALL, OLD);
        DirectoryMedium failing = medium(done -> {
            if (done == step) {
                throw new IOException("No space left on device");
            }
        });
        StoreException failure = assertThrows(StoreException.class, () -> failing.write(StateName.PERMALL, NEW));
        assertTrue(failure.getMessage().endsWith("tpm2-00.permall: No space left on device"), failure.getMessage());
        assertArrayEquals(OLD, failing.read(StateName.PERMALL).orElseThrow());
        assertFalse(Files.exists(directory.resolve("TMP2-00.permall")));
        assertWritesAndKeepsBackup(OLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"EXCHANGE_PARKED", "EXCHANGE_RENAMED", "EXCHANGE_DONE"})
    void exchangeLosesNothing(WriteStep step) throws IOException {
        medium(s -> {}).write(StateName.PERMALL, OLD);
        medium(s -> {}).write(StateName.PERMALL, NEW);
        DirectoryMedium crashing = medium(crashAt(step));
        assertThrows(ProcessEnds.class, crashing::exchangeBackup);

        DirectoryMedium restarted = medium(s -> {});
        byte[] first = restarted.read(StateName.PERMALL).orElseThrow();
        assertArrayEquals(step == WriteStep.EXCHANGE_PARKED ? NEW : OLD, first);
        assertTrue(restarted.exchangeBackup());
        byte[] second = restarted.read(StateName.PERMALL).orElseThrow();
        assertArrayEquals(step == WriteStep.EXCHANGE_PARKED ? OLD : NEW, second);
        assertWritesAndKeepsBackup(second);
    }

    @Test
    void exchangeTwiceChangesNothing() throws IOException {
        DirectoryMedium medium = medium(s -> {});
        assertFalse(medium.exchangeBackup());
        medium.write(StateName.PERMALL, OLD);
        assertFalse(medium.exchangeBackup());
        medium.write(StateName.PERMALL, NEW);
        assertTrue(medium.exchangeBackup());
        assertArrayEquals(OLD, medium.read(StateName.PERMALL).orElseThrow());
        assertTrue(medium.exchangeBackup());
        assertArrayEquals(NEW, medium.read(StateName.PERMALL).orElseThrow());
        assertEquals(Set.of("tpm2-00.permall", "tpm2-00.permall.bak"), files());
    }

    @Test
    void backupTakesThePlaceOfAMissingFile() throws IOException {
        medium(s -> {}).write(StateName.PERMALL, OLD);
        medium(s -> {}).write(StateName.PERMALL, NEW);
        Files.delete(directory.resolve("tpm2-00.permall"));
        DirectoryMedium restarted = medium(s -> {});
        assertEquals(OLD.length, restarted.size(StateName.PERMALL).orElseThrow());
        assertArrayEquals(OLD, restarted.read(StateName.PERMALL).orElseThrow());
        assertEquals(Set.of("tpm2-00.permall"), files());
    }

    @Test
    void onlyThePermanentStateHasABackup() throws IOException {
        DirectoryMedium medium = medium(s -> {});
        medium.write(StateName.VOLATILESTATE, OLD);
        medium.write(StateName.VOLATILESTATE, NEW);
        assertEquals(Set.of("tpm2-00.volatilestate"), files());
    }

    private void assertWritesAndKeepsBackup(byte[] current) throws IOException {
        byte[] last = {9};
        medium(s -> {}).write(StateName.PERMALL, last);
        assertArrayEquals(last, Files.readAllBytes(directory.resolve("tpm2-00.permall")));
        assertArrayEquals(current, Files.readAllBytes(directory.resolve("tpm2-00.permall.bak")));
        assertFalse(Files.exists(directory.resolve("TMP2-00.permall")));
        assertFalse(Files.exists(directory.resolve("TMP2-00.permall.bak")));
    }

    private Set<String> files() {
        return Set.copyOf(Arrays.asList(directory.toFile().list()));
    }

    private static StepHook crashAt(WriteStep step) {
        return done -> {
            if (done == step) {
                throw new ProcessEnds();
            }
        };
    }

    private DirectoryMedium medium(StepHook hook) {
        return new DirectoryMedium(
                new DirectoryOptions(directory, true, OptionalInt.empty(), false, true, true), hook, new SecureModes());
    }
}
