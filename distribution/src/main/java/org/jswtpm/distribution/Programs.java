package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The launchers, one for each name in {@code programs}, and the options of the VM that they share. */
final class Programs {
    private Programs() {}

    static void install(Path launcher, Path image) throws IOException {
        Path bin = Files.createDirectories(image.resolve("bin"));
        String script = Files.readString(launcher.resolve("launcher.sh"));
        for (String program : Files.readAllLines(launcher.resolve("programs"))) {
            Path file = Files.writeString(bin.resolve(program), script.replace("@PROGRAM@", program));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path lib = Files.createDirectories(image.resolve("lib"));
        Files.copy(launcher.resolve("jvm.options"), lib.resolve("jvm.options"));
    }
}
