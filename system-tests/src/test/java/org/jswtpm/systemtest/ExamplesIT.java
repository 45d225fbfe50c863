package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.jswtpm.systemtest.environment.DebianPackage.SYSTEMD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What stands in examples/ does what it says. */
class ExamplesIT {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("jswtpm.examples")).normalize();
    private static final String INSTALLED = "/opt/jswtpm/bin/swtpm";

    @TempDir
    private Path directory;

    @Test
    @Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
    void guestShowsItsMeasuredBoot() throws Exception {
        Completed run = script("qemu/run-guest.sh", directory.resolve("state").toString())
                .requireSuccess();

        assertTrue(run.stdout().contains("found a TPM, version 2"), run::stdout);
        long measured = run.stdout()
                .lines()
                .filter(line -> line.matches("PCR [0-7] sha256 [0-9A-F]{64}"))
                .filter(line -> !line.endsWith("0".repeat(64)))
                .count();
        assertEquals(8, measured, run::stdout);
        assertTrue(Files.exists(directory.resolve("state/tpm2-00.permall")), "the TPM kept no state");
    }

    @Test
    @Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
    void guestScriptRefusesAnUnknownOption() throws Exception {
        Completed run = script("qemu/run-guest.sh", "--bios");
        assertEquals(2, run.exitCode());
        assertEquals("run-guest.sh: unknown option --bios\n", run.stderr());
    }

    @Test
    void firstCommandIsAnsweredOverTcp() throws Exception {
        Completed run = script(
                        "tcp/first-command.sh", String.valueOf(PortPair.free().data()))
                .requireSuccess();
        assertTrue(run.stdout().matches("TPM2_GetRandom: [0-9a-f]{32}\n"), run::stdout);
    }

    @Test
    @Needs(SYSTEMD)
    void systemdAcceptsTheUnit() throws Exception {
        Path unit = directory.resolve("swtpm@vm1.service");
        String program = Swtpm.underTest().executable().toString();
        Files.writeString(unit, unit().replace(INSTALLED, program));

        Completed verified = systemdAnalyze("verify", "--man=no", unit.toString());
        assertEquals("", verified.stderr());
        systemdAnalyze("security", "--offline=true", "--threshold=15", unit.toString());
    }

    @Test
    void unitsCommandLineTellsSystemdWhenItListens() throws Exception {
        Swtpm program = Swtpm.underTest();
        assumeFalse(program.equals(Swtpm.reference()), "swtpm knows NOTIFY_SOCKET since 0.11");
        Path notifySocket = directory.resolve("notify");
        List<String> command = List.of(execStart(program).split(" "));
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", notifySocket.toString());
        try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
            systemd.bind(AFUNIXSocketAddress.of(notifySocket));
            try (ChildProcess daemon = ChildProcess.start(directory, environment, command)) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                systemd.setSoTimeout(10_000);
                systemd.receive(packet);
                String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);

                assertTrue(message.lines().anyMatch("READY=1"::equals), message);
                new Endpoint.Unix(directory.resolve("swtpm-sock")).connect().close();
                daemon.terminate();
                assertEquals(0, daemon.awaitExit(Duration.ofSeconds(10)));
            }
        }
    }

    private String execStart(Swtpm program) throws Exception {
        return unit().lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length())
                .replace(INSTALLED, program.executable().toString())
                .replace("${STATE_DIRECTORY}", directory.toString())
                .replace("${RUNTIME_DIRECTORY}", directory.toString());
    }

    private static String unit() throws Exception {
        return Files.readString(EXAMPLES.resolve("systemd/swtpm@.service"));
    }

    private Completed systemdAnalyze(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SYSTEMD.file().toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.run(directory, Map.of(), command).requireSuccess();
    }

    private Completed script(String name, String argument) throws Exception {
        Map<String, String> environment =
                Map.of("SWTPM", Swtpm.underTest().executable().toString());
        return ChildProcess.run(
                directory, environment, List.of(EXAMPLES.resolve(name).toString(), argument));
    }
}
