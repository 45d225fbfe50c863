package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The launchers, one for each program, and the options of the VM that they share. */
final class Programs {
    private Programs() {}

    static void install(List<Program> programs, Path launcher, Path image) throws IOException {
        Path bin = Files.createDirectories(image.resolve("bin"));
        String script = Files.readString(launcher.resolve("launcher.sh"));
        for (Program program : programs) {
            Path file = Files.writeString(bin.resolve(program.name()), program.script(script));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.copy(
                    image.resolve("runtime/bin/java"), program.launcherOfVm(image), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path lib = Files.createDirectories(image.resolve("lib"));
        Files.copy(launcher.resolve("jvm.options"), lib.resolve("jvm.options"));
    }
}
