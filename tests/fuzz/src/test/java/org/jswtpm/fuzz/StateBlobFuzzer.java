package org.jswtpm.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jswtpm.store.KeyLength;
import org.jswtpm.store.PassphraseKdf;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** The reader of swtpm's blobs: header, items, encryption. */
public final class StateBlobFuzzer {
    private StateBlobFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws StoreException {
        if (input.length == 0) {
            return;
        }
        byte[] blob = new byte[input.length - 1];
        System.arraycopy(input, 1, blob, 0, blob.length);
        boolean encrypted = (input[0] & 1) != 0;
        try (StateStore store = StateStore.inMemory((input[0] & 2) == 0 ? StateKeys.NONE : keys())) {
            try {
                store.importBlob(blob, encrypted);
            } catch (StoreException e) {
                // refused: as it should be
            }
        }
    }

    /** Blobs as GET_STATEBLOB gives them. */
    static List<byte[]> seeds() throws StoreException {
        return List.of(seed(0, StateKeys.NONE), seed(3, keys()));
    }

    private static byte[] seed(int control, StateKeys keys) throws StoreException {
        try (StateStore store = StateStore.inMemory(keys)) {
            store.store(StateName.PERMALL, new byte[64]);
            byte[] blob =
                    store.exportBlob(StateName.PERMALL, false).orElseThrow().octets();
            byte[] seed = new byte[blob.length + 1];
            seed[0] = (byte) control;
            System.arraycopy(blob, 0, seed, 1, blob.length);
            return seed;
        }
    }

    private static StateKeys keys() {
        return new StateKeys(key(), key(), target -> {});
    }

    private static StateKey key() {
        return StateKey.fromPassphrase(
                "secret".getBytes(StandardCharsets.US_ASCII), PassphraseKdf.SHA512, KeyLength.BITS_128);
    }
}
