package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.process.NewFile;

/** The copies of certificates that {@code --write-ek-cert-files} asks for. They get their names when all else is done. */
final class CertificateFiles {
    /** Null where no copies are asked for. */
    private final Path directory;
    /** Where the copies are until then, by their names. */
    private final Map<Path, Path> written = new LinkedHashMap<>();

    private CertificateFiles(Path directory) {
        this.directory = directory;
    }

    static CertificateFiles of(SetupArguments arguments, Unfinished unfinished) throws SetupException {
        String directory = arguments.get(SetupOption.WRITE_EK_CERT_FILES);
        CertificateFiles files = new CertificateFiles(directory == null ? null : Path.of(directory));
        unfinished.unlessKept(files::delete);
        return files;
    }

    /** Writes what will be {@code <type>-<algorithm>.crt}, if copies are asked for. */
    void write(String type, KeyAlgorithm algorithm, byte[] certificate) throws SetupException {
        if (directory == null) {
            return;
        }
        Path file = directory.resolve(type + "-" + algorithm.description() + ".crt");
        if (Files.isDirectory(file)) {
            throw new SetupException("Failed to write " + file + ": Is a directory");
        }
        Path temporary = NewFile.in(directory, "." + file.getFileName() + ".");
        try {
            written.put(file, temporary);
            Files.write(temporary, certificate);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r-----"));
        } catch (IOException e) {
            throw new SetupException("Failed to write " + file + ": " + Reason.of(e));
        }
    }

    /** Gives the copies their names. */
    void show() throws SetupException {
        for (Map.Entry<Path, Path> file : written.entrySet()) {
            try {
                Files.move(file.getValue(), file.getKey(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new SetupException("Failed to write " + file.getKey() + ": " + Reason.of(e));
            }
        }
    }

    private void delete() throws IOException {
        for (Path temporary : written.values()) {
            Files.deleteIfExists(temporary);
        }
    }
}
