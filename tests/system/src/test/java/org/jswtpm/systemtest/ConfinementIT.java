package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.DetachedSwtpm;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon gives up: its user, its root, its system calls. */
class ConfinementIT {
    private static final String NOBODY = "65534";

    @TempDir
    private static Path installation;

    private static Swtpm program;

    @TempDir
    private Path directory;

    private Path root;

    @BeforeAll
    static void install() throws Exception {
        program = Swtpm.underTest().forEveryUser(installation);
    }

    @BeforeEach
    void makeRoot() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = Files.createDirectory(directory.resolve("root"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void needRoot() throws IOException {
        assumeTrue(
                (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can become another user");
    }

    /** A line of /proc/…/status, of each thread. */
    private static List<String> ofAllThreads(SwtpmProcess swtpm, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        Path tasks = Path.of("/proc", Long.toString(swtpm.process().pid()), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                status(thread).stream()
                        .filter(line -> line.startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /** The status of a thread, empty if it has ended meanwhile. */
    private static List<String> status(Path thread) throws IOException {
        try {
            return Files.readAllLines(thread.resolve("status"));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return List.of();
        }
    }

    private static void assertAll(String expected, List<String> lines) {
        assertTrue(!lines.isEmpty() && lines.stream().allMatch(expected::equals), lines::toString);
    }

    private static void useTpm(SwtpmProcess swtpm) throws IOException, InterruptedException {
        try (ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init(), () -> "CMD_INIT" + swtpm.process().describe());
            try (TpmChannel channel = control.openDataChannel()) {
                channel.transmit(Tpm2Command.startupClear()).requireSuccess();
            }
            assertEquals(0, control.shutdown());
        }
        assertEquals(0, swtpm.awaitExit(), () -> swtpm.process().describe());
    }

    @Test
    void becomesAnotherUserInAnEmptyRoot() throws Exception {
        needRoot();
        Path socket = root.resolve("ctrl");
        List<String> options = List.of(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=/",
                "--ctrl",
                "type=unixio,path=/ctrl",
                "--pid",
                "file=/pid",
                "--log",
                "file=/log",
                "--chroot",
                root.toString(),
                "--runas",
                NOBODY);
        try (SwtpmProcess swtpm = program.start(directory, new Endpoint.Unix(socket), options)) {
            assertAll(String.join("\t", NOBODY, NOBODY, NOBODY, NOBODY), ofAllThreads(swtpm, "Uid"));
            assertAll(String.join("\t", NOBODY, NOBODY, NOBODY, NOBODY), ofAllThreads(swtpm, "Gid"));
            assertEquals(
                    root.toRealPath(),
                    Path.of("/proc", Long.toString(swtpm.process().pid()), "root")
                            .toRealPath());
            useTpm(swtpm);
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
            for (Path file : left) {
                assertEquals(Integer.parseInt(NOBODY), Files.getAttribute(file, "unix:uid"), file::toString);
                assertTrue(
                        List.of(".lock", "log", "tpm2-00.permall")
                                .contains(file.getFileName().toString()),
                        file::toString);
            }
        }
    }

    @Test
    void becomesAUserByNameAndDetaches() throws Exception {
        needRoot();
        List<String> command = new ArrayList<>(List.of(program.executable().toString(), "socket", "--tpm2"));
        command.addAll(List.of("--tpmstate", "dir=" + root, "--log", "file=" + root.resolve("log")));
        command.addAll(List.of("--runas", "nobody", "--seccomp", "action=kill"));
        try (DetachedSwtpm daemon = DetachedSwtpm.start(root, command)) {
            assertEquals("nobody", daemon.process().info().user().orElseThrow());
            daemon.initAndShutDown();
        }
    }

    @Test
    void worksUnderAFilterThatKills() throws Exception {
        try (SwtpmProcess swtpm = program.start(root, "--seccomp", "action=kill")) {
            try (ControlChannel control = swtpm.control()) {
                control.stop(); // who is served now is served under the filter, or will be in a moment
            }
            useTpm(swtpm);
        }
        try (SwtpmProcess swtpm = program.start(root, "--seccomp", "action=kill", "--flags", "startup-clear")) {
            List<String> modes = ofAllThreads(swtpm, "Seccomp");
            while (!modes.stream().allMatch("2"::equals)) {
                Thread.onSpinWait();
                modes = ofAllThreads(swtpm, "Seccomp");
            }
            assertAll("1", ofAllThreads(swtpm, "NoNewPrivs"));
            useTpm(swtpm);
        }
    }

    @Test
    void whatCannotBeGivenUpEndsTheStart() throws Exception {
        List<List<String>> wrong = List.of(
                List.of("--runas", "no-such-user", "User 'no-such-user' does not exist."),
                List.of("--runas", "99999999999", "uid 99999999999 outside valid range."),
                List.of("--chroot", directory.resolve("missing").toString(), "chroot failed: "));
        for (List<String> each : wrong) {
            Completed run = ChildProcess.run(
                    directory,
                    Map.of(),
                    List.of(
                            program.executable().toString(),
                            "socket",
                            "--tpm2",
                            "--tpmstate",
                            "dir=" + root,
                            "--ctrl",
                            "type=unixio,path=" + root.resolve("ctrl"),
                            each.get(0),
                            each.get(1)));
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(run.stderr().contains(each.get(2)), run::toString);
        }
    }
}
