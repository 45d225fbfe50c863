package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball, unpacked where nobody expected it. */
class TarballIT {
    @TempDir
    private Path directory;

    @Test
    void runsWhereItWasUnpackedWithItsOwnRuntimeAndCache() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("some where"));
        run(
                "tar",
                "--extract",
                "--strip-components=1",
                "--file",
                BuiltPackages.tarball().toString(),
                "--directory",
                elsewhere.toString());
        Path state = Files.createDirectory(directory.resolve("state"));

        Swtpm program = new Swtpm(elsewhere.resolve("bin/swtpm"));
        try (SwtpmProcess daemon = program.start(state)) {
            Path process = Path.of("/proc", String.valueOf(daemon.process().pid()));
            assertEquals(
                    elsewhere.resolve("runtime/bin/swtpm").toRealPath(),
                    process.resolve("exe").toRealPath());
            String maps = Files.readString(process.resolve("maps"));
            assertTrue(
                    maps.contains(
                            elsewhere.resolve("lib/swtpm.aot").toRealPath().toString()),
                    maps);
            try (ControlChannel control = daemon.control()) {
                assertEquals(0, control.init());
                assertEquals(0, control.shutdown());
            }
            assertEquals(0, daemon.awaitExit());
        }
        for (String companion : List.of("swtpm_setup", "swtpm_cert", "swtpm_ioctl")) {
            run(elsewhere.resolve("bin").resolve(companion).toString(), "--version");
        }
        assertTrue(Files.exists(elsewhere.resolve("share/man/man8/swtpm.8")));
        assertTrue(Files.exists(elsewhere.resolve("share/doc/jswtpm/copyright")));
    }

    private void run(String... command) throws Exception {
        ChildProcess.run(directory, Map.of(), List.of(command)).requireSuccess();
    }
}
