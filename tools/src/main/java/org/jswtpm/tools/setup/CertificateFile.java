package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jswtpm.tools.log.Reason;

/** The copies of certificates that {@code --write-ek-cert-files} asks for. */
final class CertificateFile {
    private CertificateFile() {}

    /** Writes {@code <type>-<algorithm>.crt}, if copies are asked for. */
    static void write(SetupArguments arguments, String type, KeyAlgorithm algorithm, byte[] certificate)
            throws SetupException {
        if (!arguments.has(SetupOption.WRITE_EK_CERT_FILES)) {
            return;
        }
        Path file =
                Path.of(arguments.get(SetupOption.WRITE_EK_CERT_FILES), type + "-" + algorithm.description() + ".crt");
        try {
            Files.write(file, certificate, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        } catch (IOException e) {
            throw new SetupException("Failed to write " + file + ": " + Reason.of(e));
        }
    }
}
