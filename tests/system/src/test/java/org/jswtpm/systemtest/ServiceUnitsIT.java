package org.jswtpm.systemtest;

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
import java.util.concurrent.TimeUnit;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The units of examples/systemd, and the daemon with the sockets that systemd hands down. */
@Needs(SYSTEMD)
class ServiceUnitsIT {
    private static final Path UNITS =
            Path.of(System.getProperty("jswtpm.examples"), "systemd").normalize();
    private static final String INSTALLED = "/usr/bin/swtpm";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void systemdAcceptsTheUnits() throws Exception {
        Files.copy(UNITS.resolve("swtpm@.socket"), directory.resolve("swtpm@vm1.socket"));
        Path service = directory.resolve("swtpm@vm1.service");
        String program = Swtpm.underTest().executable().toString();
        Files.writeString(service, unit("swtpm@.service").replace(INSTALLED, program));

        Completed verified = systemdAnalyze("verify", "--man=no", service.toString());
        assertEquals("", verified.stderr());
        systemdAnalyze("security", "--offline=true", "--threshold=15", service.toString());
    }

    @Test
    void serviceTellsSystemdThatItIsReadyAndLeavesTheSocketToIt() throws Exception {
        assumeFalse(Swtpm.underTest().equals(Swtpm.reference()), "swtpm knows NOTIFY_SOCKET since 0.11");
        Path socket = directory.resolve("vm1");
        Path notifySocket = directory.resolve("notify");
        List<String> command = activated(socket, List.of("--setenv=NOTIFY_SOCKET=" + notifySocket), execStart());
        try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
            systemd.bind(AFUNIXSocketAddress.of(notifySocket));
            systemd.setSoTimeout((int) LIMIT.toMillis());
            try (SwtpmProcess daemon = SwtpmProcess.start(directory, command, new Endpoint.Unix(socket))) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                systemd.receive(packet);
                String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                assertTrue(message.lines().anyMatch("READY=1"::equals), message);

                try (ControlChannel control = daemon.control()) {
                    assertEquals(0, control.init());
                    assertStartsUp(control);
                    assertEquals(0, control.shutdown());
                }
                assertEquals(0, daemon.awaitExit());
            }
        }
        assertTrue(Files.exists(socket), "systemd still listens there");
    }

    /** As systemd does: the socket is that of another process, and serves the next start of the daemon. */
    @Test
    void socketOutlivesTheService() throws Exception {
        Path socket = directory.resolve("vm1");
        List<String> twice = new ArrayList<>(List.of("bash", "-c", "\"$@\" && exec \"$@\"", "bash"));
        twice.addAll(execStart());
        try (SwtpmProcess daemon =
                SwtpmProcess.start(directory, activated(socket, List.of(), twice), new Endpoint.Unix(socket))) {
            ProcessHandle first;
            try (ControlChannel control = daemon.control()) {
                assertEquals(0, control.init(), daemon.process()::describe);
                first = daemon.process().children().getFirst(); // it has answered, so it is there
                assertEquals(0, control.shutdown());
            }
            first.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            initAndShutDown(daemon);
            assertEquals(0, daemon.awaitExit(), daemon.process()::describe);
        }
    }

    @Test
    void serviceEndsOrderlyAtSigterm() throws Exception {
        Path socket = directory.resolve("vm1");
        try (SwtpmProcess daemon =
                SwtpmProcess.start(directory, activated(socket, List.of(), execStart()), new Endpoint.Unix(socket))) {
            try (ControlChannel control = daemon.control()) {
                assertEquals(0, control.init());
                daemon.process().terminate();
                assertEquals(0, daemon.awaitExit());
            }
        }
    }

    @Test
    void connectionOfOneClientCanBeHandedDown() throws Exception {
        Path socket = directory.resolve("vm1");
        List<String> program = new ArrayList<>(execStart());
        program.replaceAll(word -> word.replace(",fd=3", ",clientfd=3,terminate"));
        List<String> command = activated(socket, List.of("--accept"), program);
        // the first connection, which asks whether somebody listens, has a daemon of its own
        try (SwtpmProcess systemd = SwtpmProcess.start(directory, command, new Endpoint.Unix(socket))) {
            try (ControlChannel control = systemd.control()) {
                assertEquals(0, control.init());
                assertStartsUp(control);
            }
            for (ProcessHandle daemon : systemd.process().children()) {
                daemon.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static void initAndShutDown(SwtpmProcess daemon) throws Exception {
        try (ControlChannel control = daemon.control()) {
            assertEquals(0, control.init(), daemon.process()::describe);
            assertEquals(0, control.shutdown());
        }
    }

    private static void assertStartsUp(ControlChannel control) throws Exception {
        try (TpmChannel data = control.openDataChannel()) {
            data.transmit(Tpm2Command.startupClear()).requireSuccess();
        }
    }

    /** A program as it starts when the first client connects to a socket that it finds as its descriptor 3. */
    private static List<String> activated(Path socket, List<String> options, List<String> program) {
        List<String> command = new ArrayList<>(List.of("systemd-socket-activate", "--listen=" + socket));
        command.addAll(options);
        command.addAll(program);
        return command;
    }

    private List<String> execStart() throws Exception {
        String line = unit("swtpm@.service")
                .lines()
                .filter(each -> each.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length())
                .replace(INSTALLED, Swtpm.underTest().executable().toString())
                .replace("${STATE_DIRECTORY}", directory.toString());
        return List.of(line.split(" "));
    }

    private static String unit(String name) throws Exception {
        return Files.readString(UNITS.resolve(name));
    }

    private Completed systemdAnalyze(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SYSTEMD.file().toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.run(directory, Map.of(), command).requireSuccess();
    }
}
