package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a store, whatever it is kept in. */
class StateStoreTest {
    private static final byte[] BLOB = {1, 2, 3};
    private static final byte[] OTHER = new byte[5000];

    @TempDir
    static Path work;

    enum Kind {
        DIRECTORY,
        FILE,
        MEMORY
    }

    static Stream<Kind> kinds() {
        return Stream.of(Kind.values());
    }

    private static StateStore open(Kind kind) throws Exception {
        return switch (kind) {
            case DIRECTORY ->
                StateStore.open(DirectoryOptions.of(Files.createTempDirectory(work, "state"), true), StateKeys.NONE);
            case FILE ->
                StateStore.open(
                        new FileOptions(Files.createTempFile(work, "state", ""), OptionalInt.empty(), true),
                        StateKeys.NONE);
            case MEMORY -> StateStore.inMemory(StateKeys.NONE);
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void loadsWhatWasStoredLast(Kind kind) throws Exception {
        try (StateStore store = open(kind)) {
            for (StateName name : StateName.values()) {
                assertTrue(store.load(name).isEmpty());
                assertTrue(store.size(name).isEmpty());
                assertTrue(store.exportBlob(name, false).isEmpty());
                assertFalse(store.delete(name));
                store.store(name, OTHER);
                store.store(name, BLOB);
            }
            for (StateName name : StateName.values()) {
                assertArrayEquals(BLOB, store.load(name).orElseThrow());
                assertEquals(BLOB.length + 16, store.size(name).orElseThrow());
                byte[] exported = store.exportBlob(name, false).orElseThrow().octets();
                assertArrayEquals(BLOB, store.importBlob(exported, false));
                assertTrue(store.delete(name));
                assertTrue(store.load(name).isEmpty());
            }
            assertFalse(store.exchangeBackup());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leavesTheCallersBlobAlone(Kind kind) throws Exception {
        try (StateStore store = open(kind)) {
            byte[] blob = BLOB.clone();
            store.store(StateName.PERMALL, blob);
            assertArrayEquals(BLOB, blob);
            Arrays.fill(blob, (byte) 0);
            Arrays.fill(store.load(StateName.PERMALL).orElseThrow(), (byte) 9);
            assertArrayEquals(BLOB, store.load(StateName.PERMALL).orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void locksAndUnlocks(Kind kind) throws Exception {
        try (StateStore store = open(kind)) {
            assertFalse(store.isLocked());
            store.unlock();
            store.lock(0);
            store.lock(0);
            assertTrue(store.isLocked());
            store.unlock();
            assertFalse(store.isLocked());
            store.lock(300);
            assertTrue(store.isLocked());
        }
    }

    @Test
    void storeThatIsNotToLockMakesNoLockFile() throws Exception {
        Path directory = Files.createTempDirectory(work, "state");
        DirectoryOptions options = new DirectoryOptions(directory, true, OptionalInt.empty(), false, false, false);
        try (StateStore store = StateStore.open(options, StateKeys.NONE)) {
            store.lock(0);
            assertTrue(store.isLocked());
            assertArrayEquals(new String[0], directory.toFile().list());
        }
    }

    @Test
    void refusalNamesTheFileAndLeavesItUntouched() throws Exception {
        Path directory = Files.createTempDirectory(work, "state");
        Path file = Files.write(directory.resolve("tpm2-00.permall"), new byte[0]);
        try (StateStore store = StateStore.open(DirectoryOptions.of(directory, true), StateKeys.NONE)) {
            StoreException refusal = assertThrows(StoreException.class, () -> store.load(StateName.PERMALL));
            assertEquals(file + ": only 0 octets, too few for a header", refusal.getMessage());
            assertEquals(0x03, refusal.resultCode());
            assertEquals(0, Files.size(file));
        }
    }

    @Test
    void damagedStateAndItsBackupAreExchanged() throws Exception {
        Path directory = Files.createTempDirectory(work, "state");
        DirectoryOptions options = new DirectoryOptions(directory, false, OptionalInt.empty(), true, true, true);
        try (StateStore store = StateStore.open(options, StateKeys.NONE)) {
            store.store(StateName.PERMALL, BLOB);
            store.store(StateName.PERMALL, OTHER);
            Files.write(directory.resolve("tpm-00.permall"), new byte[7]);
            assertThrows(StoreException.class, () -> store.load(StateName.PERMALL));
            assertTrue(store.exchangeBackup());
            assertArrayEquals(BLOB, store.load(StateName.PERMALL).orElseThrow());
        }
    }
}
