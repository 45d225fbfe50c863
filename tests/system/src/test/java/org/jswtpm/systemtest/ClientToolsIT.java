package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** swtpm_ioctl and swtpm_bios, ours and Debian's, against both daemons: the same answers, whoever asks. */
@Needs({SWTPM, SWTPM_TOOLS})
class ClientToolsIT {
    private static final Path OURS = Swtpm.underTest().executable().getParent();
    private static final Path DEBIANS = Path.of("/usr/bin");

    @TempDir
    private Path directory;

    @Test
    void bothIoctlsGetTheSameFromOurDaemon() throws Exception {
        assertEquals(life(DEBIANS, Swtpm.underTest()), life(OURS, Swtpm.underTest()));
    }

    @Test
    void bothIoctlsGetTheSameFromSwtpm() throws Exception {
        assertEquals(life(DEBIANS, Swtpm.reference()), life(OURS, Swtpm.reference()));
    }

    /** A TPM from CMD_INIT to CMD_SHUTDOWN, each step by a program of its own: what the programs print and return. */
    private List<String> life(Path tools, Swtpm daemon) throws Exception {
        Path state = Files.createTempDirectory(directory, "life");
        Path blob = state.resolve("blob");
        List<String> seen = new ArrayList<>();
        try (SwtpmProcess swtpm = daemon.start(state, "--server", "type=unixio,path=" + state.resolve("data"))) {
            for (String line : List.of(
                    "ioctl -c",
                    "ioctl -e",
                    "ioctl -i",
                    "bios --tpm2 -cs",
                    "ioctl -e",
                    "ioctl -g",
                    "ioctl -b 0",
                    "ioctl -b 3000",
                    "ioctl -h hashed",
                    "ioctl -e",
                    "ioctl -r 3",
                    "ioctl -e",
                    "ioctl -l 5",
                    "ioctl -l 4",
                    "ioctl -l 0",
                    "ioctl -C",
                    "ioctl --save permanent " + blob,
                    "bios --tpm2 -n -u",
                    "bios --tpm2 -n -u",
                    "ioctl --stop",
                    "ioctl --load permanent " + blob,
                    "ioctl -b 3000",
                    "ioctl -i",
                    "ioctl --info 1",
                    "ioctl -s")) {
                seen.add(line.replace(state.toString(), "") + ": " + run(tools, state, line));
            }
            assertEquals(0, swtpm.awaitExit());
        }
        return seen;
    }

    private String run(Path tools, Path state, String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        Path socket = state.resolve(words.getFirst().equals("ioctl") ? "swtpm-sock" : "data");
        words.set(0, tools.resolve("swtpm_" + words.getFirst()).toString());
        words.addAll(1, List.of("--unix", socket.toString()));
        Completed run = ChildProcess.run(state, Map.of(), words);
        // Debian's release writes "Imcremental"
        return run.exitCode() + " " + run.stdout().replace("Imcr", "Incr") + run.stderr();
    }

    @Test
    void bothTalkOverTcp() throws Exception {
        PortPair ports = PortPair.free();
        List<String> options = List.of(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--flags",
                "not-need-init",
                "--server",
                "type=tcp,disconnect,port=" + ports.data(),
                "--ctrl",
                "type=tcp,port=" + ports.control());
        try (SwtpmProcess swtpm = Swtpm.underTest().start(directory, new Endpoint.Tcp(ports.control()), options)) {
            String bios = OURS.resolve("swtpm_bios").toString();
            ChildProcess.run(directory, Map.of(), List.of(bios, "--tpm2", "--tcp", "localhost:" + ports.data()))
                    .requireSuccess();
            String ioctl = OURS.resolve("swtpm_ioctl").toString();
            ChildProcess.run(directory, Map.of(), List.of(ioctl, "-s", "--tcp", ":" + ports.control()))
                    .requireSuccess();
            assertEquals(0, swtpm.awaitExit());
        }
    }
}
