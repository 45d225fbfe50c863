package org.jswtpm.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built distribution where it lacks what it needs, and where it crashes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HardTimesIT {
    private static final Path HOME = Path.of(System.getProperty("jswtpm.home"));
    private static final String SWTPM = HOME.resolve("bin/swtpm").toString();
    private static final String SCARCE = "Error: A client could not be accepted: Too many open files";
    private static final byte[] STARTUP = new TpmCommand(0x144).uint16(0).toBytes();
    private static final byte[] GET_RANDOM = new TpmCommand(0x17b).uint16(8).toBytes();

    @TempDir
    Path directory;

    private final List<Daemon> crowd = new ArrayList<>();
    private Path control;
    private Process process;

    @AfterEach
    void endTheDaemon() throws Exception {
        disperse();
        process.destroyForcibly().waitFor();
    }

    private void start(String... command) throws IOException {
        control = directory.resolve("control");
        Path state = Files.createDirectory(directory.resolve("state"));
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(
                List.of("socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + control));
        process = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("errors"));
    }

    /** Without a file for its log, so that next to nothing of the VM is in use before; QEMU comes first, then a crowd. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19, 20, 21, 22})
    void goesOnWhenDescriptorsRunOut(int limit) throws Exception {
        start("sh", "-c", "ulimit -n " + limit + "; exec \"$0\" \"$@\"", SWTPM);
        try (Daemon qemu = Daemon.connect(control, process)) {
            exhaustDescriptors(limit, 1);
            assertEquals(0, qemu.ask(Daemon.GET_CAPABILITY));
            disperse();
            // each fails until enough of the crowd is noticed to be gone
            while (qemu.offerDataChannel() != 0) {
                assertTrue(process.isAlive(), errors());
            }
            while (qemu.ask(Daemon.INIT, 0) != 0) {
                assertTrue(process.isAlive(), errors());
            }
            assertSuccess(qemu.execute(STARTUP));

            exhaustDescriptors(limit, 2);
            assertSuccess(qemu.execute(GET_RANDOM));
            disperse();
            try (Daemon late = Daemon.connect(control, process)) {
                late.shutDown();
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the daemon goes on after CMD_SHUTDOWN");
        }
        assertEquals(0, process.exitValue());
        assertFalse(errors().contains("Exception"), errors());
        assertFalse(errors().contains("Unable"), errors());
    }

    /** As many clients as must be too many, but no more than can wait to be accepted. */
    private void exhaustDescriptors(int limit, int times) throws IOException {
        for (int i = 0; i < limit - 6; i++) {
            Daemon client = Daemon.connect(control, process);
            crowd.add(client);
            client.send(Daemon.GET_CAPABILITY);
        }
        while (errors().split(SCARCE, -1).length <= times) {
            assertTrue(process.isAlive(), errors());
        }
    }

    private void disperse() throws IOException {
        for (Daemon each : crowd) {
            each.close();
        }
        crowd.clear();
    }

    private static void assertSuccess(ByteBuffer answer) {
        assertEquals(0, answer.getInt(6));
    }

    /** The VM takes the signal for a fault of its own, and would write hs_err_pid and replay_pid files. */
    @Test
    void crashIsReportedOnStderrAndLeavesNoFile() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "contents");
        start(SWTPM);
        long pid = process.pid();
        Path planted = Files.createSymbolicLink(directory.resolve("hs_err_pid" + pid + ".log"), victim);
        Daemon.connect(control, process).close();
        Set<String> before = names();
        // the program of that name is of a package that tests do not ask for
        assertEquals(
                0, new ProcessBuilder("sh", "-c", "kill -SEGV " + pid).start().waitFor());
        process.waitFor();

        assertTrue(errors().contains("SIGSEGV"), errors());
        assertEquals(before, names());
        assertEquals("contents", Files.readString(victim));
        assertTrue(Files.isSymbolicLink(planted));
        assertTrue(Files.notExists(Path.of("/tmp/hs_err_pid" + pid + ".log"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void saysWhichLimitIsTooLow() throws Exception {
        String output = output("sh", "-c", "ulimit -d 4000; exec \"$0\" --version", SWTPM);
        assertEquals(
                "swtpm: The Java VM cannot start within the limits of this process: data 4096000 (ulimit -d,"
                        + " LimitDATA=); allow 32 threads more than the user has, and a gigabyte.\n",
                output);
        assertEquals(1, process.exitValue());
    }

    /** From too few for a VM to enough for one: they work, or say in one sentence why not, and never in the VM's words. */
    @ParameterizedTest
    @CsvSource({
        "swtpm, --version",
        "swtpm_setup, --print-capabilities",
        "swtpm_cert, --version",
        "swtpm_localca, --help",
        "swtpm_ioctl, --version",
        "swtpm_bios, -v"
    })
    void saysThatTheUserMayHaveTooFewThreads(String name, String option) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = directory.resolve("jswtpm");
        output("cp", "-r", HOME.toString(), copy.toString());
        String program = copy.resolve("bin").resolve(name).toString();
        // a user who has no other process, which would count
        String user = "--reuid=" + (60_100 + ProcessHandle.current().pid() % 4000);
        for (int limit = 8; limit <= 15; limit++) {
            String output = output("prlimit", "--nproc=" + limit, "setpriv", user, "--clear-groups", program, option);
            if (process.exitValue() != 0 || limit <= 10) {
                assertEquals(1, process.exitValue(), output);
                assertEquals(output.length() - 1, output.indexOf('\n'), output);
                assertTrue(output.contains("limit") && output.contains("ulimit -u"), output);
            }
            assertFalse(output.contains("java.lang"), output);
        }
    }

    /** What a program that ends says on both streams. */
    private String output(String... command) throws Exception {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
