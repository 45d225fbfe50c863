package org.jswtpm.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** The reader and writer of swtpm's linear file: all of a TPM's state in one file. */
public final class LinearFileFuzzer {
    private static final Path FILE = file();

    private LinearFileFuzzer() {}

    /** Called by Jazzer. A file that can be read can be written, too, and gives back what was written. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        try (StateStore store = StateStore.open(FileOptions.of(FILE), StateKeys.NONE)) {
            store.load(StateName.VOLATILESTATE);
            store.load(StateName.PERMALL);
            byte[] written = new byte[300];
            store.store(StateName.PERMALL, written);
            if (store.load(StateName.PERMALL).orElseThrow().length != written.length) {
                throw new IllegalStateException("what was written is not what is read");
            }
        } catch (StoreException e) {
            // refused: as it should be
        }
    }

    /** A file with each of the blobs. */
    static List<byte[]> seeds() throws IOException, StoreException {
        Files.deleteIfExists(FILE);
        try (StateStore store = StateStore.open(FileOptions.of(FILE), StateKeys.NONE)) {
            for (StateName name : StateName.values()) {
                store.store(name, new byte[100]);
            }
        }
        byte[] octets = Files.readAllBytes(FILE);
        return octets.length == 0 ? List.of() : List.of(octets);
    }

    private static Path file() {
        try {
            Path directory = Files.createTempDirectory("linear");
            directory.toFile().deleteOnExit();
            return directory.resolve("state");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
