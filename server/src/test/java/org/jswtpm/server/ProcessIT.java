package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What a parent, a terminal and a service manager see of the process. */
class ProcessIT {
    private static final String STOP = ControlChannelContract.STOP;
    private static final String SUCCESS = ControlChannelContract.SUCCESS;

    private static final Path SOCKET_ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");

    @TempDir
    Path directory;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        for (ProcessHandle process : started) {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder(String... options) {
        List<String> words = ScriptedProcess.words();
        words.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "TPM_PATH", "TPM_PORT", "NOTIFY_SOCKET"));
        return builder;
    }

    private ProcessBuilder daemon(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,path=" + ctrl(),
                "--pid",
                "file=" + pidFile()));
        words.addAll(List.of(more));
        return builder(words.toArray(String[]::new));
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process.toHandle());
        return process;
    }

    private static int status(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
        return process.exitValue();
    }

    private Path ctrl() {
        return directory.resolve("ctrl");
    }

    private Path pidFile() {
        return directory.resolve("pid");
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void printsWhatItIsAskedFor() throws Exception {
        Process help = start(builder("--help"));
        assertTrue(output(help).contains("Usage: swtpm socket|chardev [options]"));
        assertEquals(0, status(help));

        Process version = start(builder("-v"));
        assertTrue(output(version).startsWith("TPM emulator version "));
        assertEquals(0, status(version));

        Process capabilities = start(builder("socket", "--print-capabilities"));
        assertTrue(output(capabilities).startsWith("{ \"type\": \"swtpm\", \"features\": [ \"tpm-1.2\", \"tpm-2.0\""));
        assertEquals(0, status(capabilities));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "chardev",
                "socket --bogus",
                "socket --tpm2 left-over",
                "socket --tpm2 --ctrl type=tcp,port=0 --tpmstate dir=. --key file=/missing"
            })
    void failsWithStatusOneAndAMessage(String words) throws Exception {
        ProcessBuilder builder = words.isEmpty() ? builder() : builder(words.split(" "));
        Process process = start(builder.redirectErrorStream(true));

        assertFalse(output(process).isBlank());
        assertEquals(1, status(process));
    }

    /** The builder's command in a shell that ignores signals, once the one that makes them default has run. */
    private static ProcessBuilder ignoring(String signals, ProcessBuilder builder) {
        List<String> command = new ArrayList<>(builder.command());
        int vm = command.indexOf(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(vm, List.of("sh", "-c", "trap '' " + signals + "; exec \"$0\" \"$@\""));
        return builder.command(command);
    }

    private static void kill(Process process, String signal) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                        .start()
                        .waitFor());
    }

    /** As a script passes on what it ignores; swtpm has handlers of its own for these. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsOnASignalThatItWasStartedWithAsIgnored(String signal) throws Exception {
        Process process = start(ignoring("TERM INT HUP", daemon()));
        try (Wire wire = Wire.connect(ctrl())) {
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.INIT, 4));
        }
        kill(process, signal);

        assertEquals(0, status(process));
        assertFalse(Files.exists(ctrl()));
        assertFalse(Files.exists(pidFile()));
    }

    /** And it is swtpm's way, too, to go on when the terminal goes, where nohup has asked for that. */
    @Test
    void goesOnOnAHangupThatItWasStartedWithAsIgnored() throws Exception {
        Process process = start(ignoring("HUP", daemon()));
        try (Wire wire = Wire.connect(ctrl())) {
            kill(process, "HUP");
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.INIT, 4));
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
        }
        assertEquals(0, status(process));
    }

    @Test
    void saysWhyItDoesNotStartInItsLogAndOnStderr() throws Exception {
        Path log = directory.resolve("log");
        Files.createDirectory(ctrl());
        Process process = start(daemon("--log", "file=" + log).redirectErrorStream(true));

        String sentence = "Could not open UnixIO socket " + ctrl() + ": It is a directory, not a socket\n";
        assertEquals("swtpm: " + sentence, output(process));
        assertEquals(1, status(process));
        assertEquals(sentence, Files.readString(log));
        assertFalse(Files.exists(pidFile()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void endsOnASignalWithStatusZeroAndLeavesNothingBehind(String signal) throws Exception {
        Process process = start(daemon());
        try (Wire wire = Wire.connect(ctrl())) {
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.INIT, 4));
        }
        assertEquals(Long.toString(process.pid()), Files.readString(pidFile()));

        kill(process, signal);

        assertEquals(0, status(process));
        assertFalse(Files.exists(ctrl()));
        assertFalse(Files.exists(pidFile()));
    }

    @Test
    void daemonIsReadyWhenItsParentReturns() throws Exception {
        Path log = directory.resolve("log");
        // descriptor 9 stands for whatever a caller passes on; libvirt locks its pid file by one
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec 9>\"$0\"; exec \"$@\"", directory + "/kept"));
        shell.addAll(daemon("--daemon", "--log", "file=" + log).command());
        Process parent = start(new ProcessBuilder(shell).redirectErrorStream(true));

        assertEquals("", output(parent));
        assertEquals(0, status(parent));

        ProcessHandle daemon =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile()))).orElseThrow();
        started.add(daemon);
        assertNotEquals(parent.pid(), daemon.pid());
        Path descriptors = Path.of("/proc", Long.toString(daemon.pid()), "fd");
        assertEquals(directory.resolve("kept"), Files.readSymbolicLink(descriptors.resolve("9")));
        assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(descriptors.resolve("1")));
        assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(descriptors.resolve("2")));
        // field 6 of /proc/<pid>/stat is the session
        String[] stat = Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "stat"))
                .split(" ");
        assertEquals(Long.toString(daemon.pid()), stat[5]);
        try (Wire wire = Wire.connect(ctrl())) {
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
        }
        daemon.onExit().get(60, TimeUnit.SECONDS);
        assertFalse(Files.exists(pidFile()));
    }

    @Test
    void daemonThatCannotStartGivesItsStatusAndMessageToTheParent() throws Exception {
        Process parent = start(daemon("-d", "--server", "type=unixio,path=" + directory + "/missing/data")
                .redirectErrorStream(true));

        assertTrue(output(parent).contains("missing/data"));
        assertEquals(1, status(parent));
        assertFalse(Files.exists(ctrl()));
        assertFalse(Files.exists(pidFile()));
    }

    @Test
    void goesOnWhenNobodyReadsItsMessages() throws Exception {
        Process process = start(daemon("--log", "level=20"));
        try (Wire wire = Wire.connect(ctrl())) {
            process.getErrorStream().close();
            for (int i = 0; i < 100; i++) {
                assertEquals(SUCCESS, wire.ask(STOP, 4));
            }
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
        }
        assertEquals(0, status(process));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "@"})
    void tellsSystemdWhenItIsReady(String kind) throws Exception {
        boolean isAbstract = kind.equals("@");
        String name = isAbstract ? "jswtpm-" + directory.getFileName() : directory + "/notify";
        AFUNIXSocketAddress address =
                isAbstract ? AFUNIXSocketAddress.inAbstractNamespace(name) : AFUNIXSocketAddress.of(Path.of(name));
        try (AFUNIXDatagramSocket manager = AFUNIXDatagramSocket.newInstance()) {
            manager.bind(address);
            manager.setSoTimeout(60_000);
            ProcessBuilder builder = daemon();
            builder.environment().put("NOTIFY_SOCKET", isAbstract ? "@" + name : name);
            Process process = start(builder);
            DatagramPacket packet = new DatagramPacket(new byte[64], 64);
            manager.receive(packet);

            assertEquals("READY=1", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
            try (Wire wire = Wire.connect(ctrl())) {
                assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
            }
            assertEquals(0, status(process));
        }
    }

    @Test
    void writesItsPidToADescriptor() throws Exception {
        Path file = Files.createFile(directory.resolve("given"));
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec 7>>\"$0\"; exec \"$@\"", file.toString()));
        shell.addAll(daemon("--pid", "fd=7", "--log", "fd=2").command());
        Process process = start(new ProcessBuilder(shell));
        try (Wire wire = Wire.connect(ctrl())) {
            assertEquals(SUCCESS, wire.ask(STOP, 4));
            assertEquals(Long.toString(process.pid()), Files.readString(file));
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
        }
        assertEquals(0, status(process));
        assertFalse(Files.exists(file));
    }

    /** As bash hands a connection down; the daemon gets it as descriptor 5. */
    @Test
    void takesCommandsFromAConnectionThatItsParentMade() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> shell = new ArrayList<>(List.of(
                    "bash",
                    "-c",
                    "exec 5<>/dev/tcp/127.0.0.1/$0; exec \"$@\"",
                    Integer.toString(server.getLocalPort())));
            shell.addAll(daemon("--fd", "5", "--flags", "not-need-init").command());
            Process process = start(new ProcessBuilder(shell));
            try (Wire data = Wire.accept(server)) {
                data.send("80010000000c");
                assertTrue(data.isSilentFor(50));
                assertEquals("800100000017000000000080010000000c000001440000", data.command("000001440000"));
            }
            assertEquals(0, status(process));
        }
    }

    /** Descriptor 3 is how systemd, and with it mkosi and systemd-vmspawn, gives a service its socket. */
    @ParameterizedTest
    @ValueSource(strings = {"unixio", "tcp"})
    void isStartedByTheSocketActivationOfSystemd(String type) throws Exception {
        assumeTrue(Files.isExecutable(SOCKET_ACTIVATE), "systemd-socket-activate is not installed");
        int port = Wire.freePort();
        List<String> words = new ArrayList<>(List.of(
                SOCKET_ACTIVATE.toString(),
                "--setenv=PATH",
                "-l",
                type.equals("tcp") ? "127.0.0.1:" + port : ctrl().toString()));
        words.addAll(builder("socket", "--tpm2", "--tpmstate", "dir=" + directory, "--ctrl", "type=" + type + ",fd=3")
                .command());
        Process process = start(new ProcessBuilder(words));
        try (Wire wire = type.equals("tcp") ? Wire.connectPatiently(port) : Wire.connect(ctrl())) {
            assertEquals(SUCCESS, wire.ask(STOP, 4));
            assertEquals(SUCCESS, wire.ask(ControlChannelContract.SHUTDOWN, 4));
        }
        assertEquals(0, status(process));
    }
}
