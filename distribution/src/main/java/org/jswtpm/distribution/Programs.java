package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The launchers, one for each program, and the options of the VM that they share. */
final class Programs {
    /** The program whose processes others look at; the rest come and go. */
    private static final String DAEMON = "swtpm";

    private Programs() {}

    static void install(List<Program> programs, Path launcher, Path image) throws IOException {
        Path bin = Files.createDirectories(image.resolve("bin"));
        String script = Files.readString(launcher.resolve("launcher.sh"));
        for (Program program : programs) {
            Path file = Files.writeString(bin.resolve(program.name()), program.script(script));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            linkTheVm(program, image);
        }
        Path lib = Files.createDirectories(image.resolve("lib"));
        Files.copy(launcher.resolve("jvm.options"), lib.resolve("jvm.options"));
        // the programs in bin look for it at ../lib
        Files.createSymbolicLink(lib.resolve("libjli.so"), Path.of("../runtime/lib/libjli.so"));
    }

    private static void linkTheVm(Program program, Path image) throws IOException {
        Path link = program.launcherOfVm(image);
        if (!program.name().equals(DAEMON)) {
            Files.createSymbolicLink(link, Path.of("java"));
            return;
        }
        Path executable = program.executable(image);
        Files.copy(image.resolve("runtime/bin/java"), executable, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(link, link.getParent().relativize(executable));
    }
}
