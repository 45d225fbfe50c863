package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file, in turn under swtpm and under a store. */
class SwtpmLinearTest {
    /** PERSISTENT_ALL version 3 and its magic, as libtpms begins a permanent state. */
    private static final String PERMANENT_STATE_BEGINS = "0003ab364723";

    @TempDir
    Path work;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = work.resolve("store");
    }

    @Test
    void readsAFileOfSwtpm() throws Exception {
        try (StateStore store = open(copyOfFixture())) {
            byte[] blob = store.load(StateName.PERMALL).orElseThrow();
            assertTrue(HexFormat.of().formatHex(blob).startsWith(PERMANENT_STATE_BEGINS));
            assertEquals(blob.length + 16, store.size(StateName.PERMALL).orElseThrow());
            assertTrue(store.load(StateName.VOLATILESTATE).isEmpty());
        }
    }

    @Test
    void damagedHeaderIsRefusedOrHarmless() throws Exception {
        byte[] whole = Files.readAllBytes(copyOfFixture());
        byte[] blob;
        try (StateStore store = open(file)) {
            blob = store.load(StateName.PERMALL).orElseThrow();
        }
        for (int at = 0; at < 192 + 16; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertRefusedOrHarmless(damaged, blob);
            }
        }
    }

    @Test
    void truncatedFileIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(copyOfFixture());
        for (int length = 1; length < whole.length; length += length < 300 ? 1 : 97) {
            assertRefusedOrHarmless(Arrays.copyOf(whole, length), null);
        }
    }

    private void assertRefusedOrHarmless(byte[] damaged, byte[] expected) throws IOException {
        Files.write(file, damaged);
        try (StateStore store = open(file)) {
            assertArrayEquals(expected, store.load(StateName.PERMALL).orElseThrow());
        } catch (StoreException e) {
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        }
        assertArrayEquals(damaged, Files.readAllBytes(file));
    }

    @Test
    void swtpmStartsFromWhatWeWrote() throws Exception {
        Swtpm.assumeInstalled();
        Swtpm.start(work, "backend-uri=file://" + file).close();
        byte[] blob;
        try (StateStore store = open(file)) {
            blob = store.load(StateName.PERMALL).orElseThrow();
            store.store(StateName.PERMALL, blob);
        }
        byte[] written = Files.readAllBytes(file);
        try (Swtpm swtpm = Swtpm.start(work, "backend-uri=file://" + file);
                StateStore codec = StateStore.inMemory(StateKeys.NONE)) {
            ExportedBlob exported = swtpm.getStateBlob(StateName.PERMALL, false);
            assertArrayEquals(blob, codec.importBlob(exported.octets(), false));
        }
        assertArrayEquals(written, Files.readAllBytes(file));
    }

    /** TPM2_Shutdown(STATE) makes the permanent state grow, so that swtpm moves what is behind it. */
    @Test
    void swtpmCompactsWhatWeWrote() throws Exception {
        Swtpm.assumeInstalled();
        Swtpm.start(work, "backend-uri=file://" + file).close();
        byte[] behind = "behind".getBytes();
        byte[] small;
        try (StateStore store = open(file)) {
            small = store.load(StateName.PERMALL).orElseThrow();
            store.store(StateName.VOLATILESTATE, new byte[50]);
            store.store(StateName.SAVESTATE, behind);
            store.delete(StateName.VOLATILESTATE); // leaves room between the other two
        }
        Path commands = work.resolve("commands");
        try (Swtpm swtpm = Swtpm.startWithoutInit(
                work,
                "backend-uri=file://" + file,
                "--flags",
                "startup-clear",
                "--server",
                "type=unixio,path=" + commands)) {
            byte[] shutdownState = HexFormat.of().parseHex("80010000000c000001450001");
            assertEquals("8001" + "0000000a" + "00000000", Swtpm.execute(commands, shutdownState));
        }
        try (StateStore store = open(file)) {
            assertTrue(store.load(StateName.PERMALL).orElseThrow().length > 2 * small.length);
            assertArrayEquals(behind, store.load(StateName.SAVESTATE).orElseThrow());
        }
    }

    private Path copyOfFixture() throws IOException {
        Files.write(file, getClass().getResourceAsStream("/swtpm/tpm2.linear").readAllBytes());
        return file;
    }

    private static StateStore open(Path file) {
        return StateStore.open(FileOptions.of(file), StateKeys.NONE);
    }
}
