package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same directory under swtpm and under a store, in turn and at once. */
class SwtpmDirectoryTest {
    /** PERSISTENT_ALL version 3 and its magic, as libtpms begins a permanent state. */
    private static final String PERMANENT_STATE_BEGINS = "0003ab364723";

    @TempDir
    Path work;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Swtpm.assumeInstalled();
        directory = Files.createDirectory(work.resolve("state"));
    }

    @Test
    void readsWhatSwtpmWrote() throws Exception {
        manufacture();
        try (StateStore store = open(directory)) {
            byte[] blob = store.load(StateName.PERMALL).orElseThrow();
            assertTrue(HexFormat.of().formatHex(blob).startsWith(PERMANENT_STATE_BEGINS));
            assertEquals(blob.length + 16, store.size(StateName.PERMALL).orElseThrow());
            assertTrue(store.load(StateName.VOLATILESTATE).isEmpty());
        }
    }

    @Test
    void writesWhatSwtpmWrites() throws Exception {
        manufacture();
        byte[] before = Files.readAllBytes(directory.resolve("tpm2-00.permall"));
        try (StateStore store = open(directory)) {
            store.store(StateName.PERMALL, store.load(StateName.PERMALL).orElseThrow());
        }
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("tpm2-00.permall")));
    }

    /** A state that swtpm cannot read ends it, and one that it does not find it makes anew: neither must happen. */
    @Test
    void swtpmStartsFromWhatWeWrote() throws Exception {
        manufacture();
        Path copy = Files.createDirectory(work.resolve("copy"));
        try (StateStore from = open(directory);
                StateStore to = open(copy)) {
            to.store(StateName.PERMALL, from.load(StateName.PERMALL).orElseThrow());
        }
        byte[] written = Files.readAllBytes(copy.resolve("tpm2-00.permall"));
        Swtpm.start(work, "dir=" + copy).close();
        assertArrayEquals(written, Files.readAllBytes(copy.resolve("tpm2-00.permall")));
    }

    @Test
    void runningSwtpmKeepsUsOut() throws Exception {
        try (Swtpm swtpm = Swtpm.start(work, "dir=" + directory);
                StateStore store = open(directory)) {
            StoreException refusal = assertThrows(StoreException.class, () -> store.lock(0));
            assertEquals(0x09, refusal.resultCode());
            swtpm.close();
            store.lock(0);
        }
    }

    @Test
    void ourLockKeepsSwtpmOut() throws Exception {
        try (StateStore store = open(directory)) {
            store.lock(0);
            assertThrows(IOException.class, () -> Swtpm.start(work, "dir=" + directory));
            store.unlock();
            Swtpm.start(work, "dir=" + directory).close();
        }
    }

    /** The kernel drops a record lock when the process closes any descriptor of the file. */
    @Test
    void secondStoreInThisProcessDoesNotBreakTheLock() throws Exception {
        try (StateStore store = open(directory);
                StateStore second = open(directory)) {
            store.lock(0);
            assertThrows(StoreException.class, () -> second.lock(0));
            assertThrows(IOException.class, () -> Swtpm.start(work, "dir=" + directory));
        }
    }

    private void manufacture() throws Exception {
        Swtpm.start(work, "dir=" + directory).close();
    }

    private static StateStore open(Path directory) {
        return StateStore.open(DirectoryOptions.of(directory, true), StateKeys.NONE);
    }
}
