package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.process.NewFile;

/** New directories for files that live as long as this process; the JDK's own do not know the variable TMPDIR. */
final class TemporaryDirectory {
    private TemporaryDirectory() {}

    /**
     * A new directory, which its owner alone can enter.
     *
     * @param purpose what is to be in it, for a message
     * @param unfinished takes it away
     */
    static Path make(String prefix, String purpose, Unfinished unfinished) throws SetupException {
        String variable = System.getenv("TMPDIR");
        Path parent = Path.of(variable == null || variable.isEmpty() ? "/tmp" : variable);
        Path directory = NewFile.in(parent, prefix);
        unfinished.atTheEnd(() -> delete(directory));
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return directory;
        } catch (IOException e) {
            throw new SetupException("Could not create temporary directory for " + purpose + " in " + parent + ": "
                    + Reason.of(e) + "; TMPDIR may name another one.");
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
