package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that no field expects in every field of the store's own formats: what is damaged is refused by a {@link StoreException} or
 * read, and what is refused is not changed.
 */
class EveryFieldTest {
    private static final int BLOB_HEADER = 10;
    private static final int LINEAR_HEADER = 192;
    private static final int SLOT_4 = 60;
    private static final int LAST_SLOT = 180;
    private static final boolean[] ONE_ORDER = {true};
    private static final boolean[] BOTH_ORDERS = {true, false};
    private static final byte[] CONTENTS = new byte[20];
    private static final int[] WIDTHS = {1, 2, 4};
    private static final long[][] VALUES = {
        {0, 1, 2, 3, 0x7f, 0x80, 0xff}, {0, 1, 0x7fff, 0x8000, 0xffff}, {0, 1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}
    };

    @TempDir
    Path directory;

    private int refused;
    private int read;

    private interface Opener {
        StateStore open() throws StoreException;
    }

    private static StateKeys keys() {
        return new StateKeys(key(), key(), target -> {});
    }

    private static StateKey key() {
        return StateKey.fromPassphrase(
                "secret".getBytes(StandardCharsets.US_ASCII), PassphraseKdf.SHA512, KeyLength.BITS_256);
    }

    /** The header of a file, and the tag and the length of its one item. */
    @Test
    void blobs() throws IOException {
        walkDirectory(() -> StateKeys.NONE);
    }

    /** Header and items of an encrypted blob: ciphertext, HMAC and vector. */
    @Test
    void encryptedBlobs() throws IOException {
        walkDirectory(EveryFieldTest::keys);
    }

    private void walkDirectory(Supplier<StateKeys> keys) throws IOException {
        Opener opener = () -> StateStore.open(DirectoryOptions.of(directory, true), keys.get());
        try (StateStore store = opener.open()) {
            store.store(StateName.PERMALL, CONTENTS);
        }
        Path file = directory.resolve("tpm2-00.permall");
        walk(file, opener, (int) Files.size(file));
    }

    /** The header with its slots, and what the first of its sections begins with. */
    @Test
    void linearFiles() throws IOException {
        Path file = directory.resolve("store");
        Opener opener = () -> StateStore.open(FileOptions.of(file), StateKeys.NONE);
        try (StateStore store = opener.open()) {
            for (StateName name : StateName.values()) {
                store.store(name, CONTENTS);
            }
        }
        walk(file, opener, LINEAR_HEADER + BLOB_HEADER);
    }

    private void walk(Path file, Opener opener, int end) throws IOException {
        byte[] good = Files.readAllBytes(file);
        use(file, opener, good, "nothing");
        assertEquals(1, read, "as it is");
        for (int at = 0; at < end; at++) {
            if (isUnused(at, end)) {
                continue;
            }
            for (int i = 0; i < WIDTHS.length && at + WIDTHS[i] <= end; i++) {
                for (long value : VALUES[i]) {
                    for (boolean isBig : i == 0 ? ONE_ORDER : BOTH_ORDERS) {
                        byte[] changed = good.clone();
                        for (int k = 0; k < WIDTHS[i]; k++) {
                            int place = isBig ? WIDTHS[i] - 1 - k : k;
                            changed[at + place] = (byte) (value >>> Byte.SIZE * k);
                        }
                        if (!Arrays.equals(good, changed)) {
                            use(file, opener, changed, "offset " + at + ": " + value);
                        }
                    }
                }
            }
        }
        assertTrue(refused > 0 && read > 1, refused + " refused, " + read + " read");
    }

    /** The slots of a linear file that no program uses are all alike. */
    private static boolean isUnused(int at, int end) {
        return end == LINEAR_HEADER + BLOB_HEADER && at >= SLOT_4 && at < LAST_SLOT;
    }

    private void use(Path file, Opener opener, byte[] octets, String what) throws IOException {
        Files.write(file, octets);
        try (StateStore store = opener.open()) {
            store.load(StateName.PERMALL);
            assertArrayEquals(octets, Files.readAllBytes(file), what);
            read++;
            store.store(StateName.PERMALL, CONTENTS);
            assertArrayEquals(CONTENTS, store.load(StateName.PERMALL).orElseThrow(), what);
            store.delete(StateName.PERMALL);
        } catch (StoreException e) {
            refused++;
            assertArrayEquals(octets, Files.readAllBytes(file), what);
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }
}
