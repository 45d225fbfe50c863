package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** New directories for files that live as long as this process; the JDK's own do not know the variable TMPDIR. */
final class TemporaryDirectory {
    private TemporaryDirectory() {}

    /** A new directory, which its owner alone can enter. */
    static Path make(String prefix) throws IOException {
        String parent = System.getenv("TMPDIR");
        return Files.createTempDirectory(Path.of(parent == null || parent.isEmpty() ? "/tmp" : parent), prefix);
    }
}
