package org.jswtpm.systemtest.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;

/**
 * Plays flows against a program.
 *
 * @param program whose TPM the clients use
 * @param directory where the state, the scripts and all that these write are
 */
record Flows(Swtpm program, Path directory) {
    private static final String PRELUDE = "prelude.sh";

    /** Runs the script of this name, which must end with zero, against a new TPM that is started. */
    void play(String name) throws IOException, InterruptedException {
        Path prelude = copy(PRELUDE);
        Path flow = copy(name);
        Path state = Files.createDirectory(directory.resolve("state"));
        Path work = Files.createDirectory(directory.resolve("work"));
        PortPair ports = PortPair.free();
        try (SwtpmProcess _ = start(ports, state)) {
            ChildProcess.run(
                            work,
                            Map.of(
                                    "PORT", Integer.toString(ports.data()),
                                    "SWTPM_IOCTL",
                                            program.executable()
                                                    .resolveSibling("swtpm_ioctl")
                                                    .toString()),
                            List.of("/bin/bash", "-c", ". " + prelude + "; . " + flow))
                    .requireSuccess();
        }
    }

    private SwtpmProcess start(PortPair ports, Path state) throws IOException, InterruptedException {
        return program.start(
                directory,
                new Endpoint.Tcp(ports.control()),
                List.of(
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--server",
                        "type=tcp,port=" + ports.data(),
                        "--ctrl",
                        "type=tcp,port=" + ports.control(),
                        "--flags",
                        "not-need-init,startup-clear"));
    }

    private Path copy(String name) throws IOException {
        Path script = directory.resolve(name.replace('/', '-'));
        try (InputStream resource = Flows.class.getResourceAsStream(name)) {
            Files.copy(resource, script);
        }
        return script;
    }
}
