package org.jswtpm.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built distribution, started in the ways its users start it. */
class LauncherIT {
    private static final Path HOME = Path.of(System.getProperty("jswtpm.home"));
    private static final Path SWTPM = HOME.resolve("bin/swtpm");

    @TempDir
    Path directory;

    private Path control;
    private Process process;

    @BeforeEach
    void nameTheSocket() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        control = directory.resolve("control");
    }

    @AfterEach
    void endTheDaemon() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void runsThroughAChainOfLinksFromAnotherDirectory() throws Exception {
        Path first = Files.createSymbolicLink(directory.resolve("first"), SWTPM);
        Files.createSymbolicLink(directory.resolve("second"), first.getFileName());
        start(List.of("./second"));
        shutDown();
        assertEquals("", errors());
    }

    @Test
    void runsThroughALinkToItsDirectory() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("programs"), SWTPM.getParent());
        start(List.of(link.resolve("swtpm").toString()));
        shutDown();
    }

    @Test
    void keepsTheProcessIdAndEveryDescriptor() throws Exception {
        Path file = Files.createFile(directory.resolve("inherited"));
        StringBuilder script = new StringBuilder("exec");
        for (int fd = 3; fd <= 20; fd++) {
            script.append(' ').append(fd).append("<\"").append(file).append('"');
        }
        // bash, since the redirections of dash stop at 9
        start(List.of("bash", "-c", script + "; exec \"$0\" \"$@\"", SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            for (int fd = 3; fd <= 20; fd++) {
                Path open = Path.of("/proc/" + process.pid() + "/fd/" + fd);
                assertEquals(file.toRealPath(), Files.readSymbolicLink(open), "descriptor " + fd);
            }
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    /** What pgrep, killall and ss look at, and what pidof does. */
    @Test
    void processHasTheNameOfTheProgram() throws Exception {
        start(List.of(SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            Path proc = Path.of("/proc/" + process.pid());
            assertEquals("swtpm\n", Files.readString(proc.resolve("comm")));
            String commandLine = Files.readString(proc.resolve("cmdline"));
            Path first = Path.of(commandLine.substring(0, commandLine.indexOf('\0')));
            assertEquals("swtpm", first.getFileName().toString());
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    /** libvirt up to 8.0 cuts " (deleted)", ten characters, off the name of what runs, and compares it with what it started. */
    @Test
    void programOfTheProcessIsKnownByTheLaunchersPath() throws Exception {
        start(List.of(SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            assertRunsSwtpm(process.pid());
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
        Path pid = directory.resolve("pid");
        start(List.of(SWTPM.toString()), "--daemon", "--pid", "file=" + pid);
        assertEquals(0, process.waitFor());
        try (Daemon daemon = Daemon.connect(control, ofProcess(pid))) {
            assertRunsSwtpm(Long.parseLong(Files.readString(pid)));
            daemon.shutDown();
        }
    }

    private static void assertRunsSwtpm(long pid) throws IOException {
        Path proc = Path.of("/proc/" + pid);
        String executable = Files.readSymbolicLink(proc.resolve("exe")).toString();
        assertEquals(SWTPM.toRealPath().toString(), executable.substring(0, executable.length() - 10));
        assertEquals("swtpm\n", Files.readString(proc.resolve("comm")));
    }

    private static ProcessHandle ofProcess(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    }

    @Test
    void closedStreamsStayClosedToWhatIsWrittenLater() throws Exception {
        start(List.of("sh", "-c", "exec \"$0\" \"$@\" <&- >&- 2>&-", SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            for (int stream = 0; stream <= 2; stream++) {
                Path open = Path.of("/proc/" + process.pid() + "/fd/" + stream);
                assertEquals(Path.of("/"), Files.readSymbolicLink(open), "descriptor " + stream);
            }
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    /** No /proc, which tells programs where they lie, what their command line is, and much else. */
    @Test
    void runsWithoutProc() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may take /proc away");
        String script = "mount --make-private /proc && mount -t tmpfs none /proc && exec \"$0\" \"$@\"";
        // unshare would make the root private, too, which is no mount after chroot
        List<String> daemon =
                List.of("unshare", "--mount", "--propagation", "unchanged", "sh", "-c", script, SWTPM.toString());
        String output =
                output(Stream.concat(daemon.stream(), Stream.of("--version")).toArray(String[]::new));
        assertTrue(output.startsWith("TPM emulator version"), output);
        Path pid = directory.resolve("pid");
        start(daemon, "--daemon", "--pid", "file=" + pid);
        assertEquals(0, process.waitFor(), errors());
        try (Daemon started = Daemon.connect(control, ofProcess(pid))) {
            started.shutDown();
        }
    }

    /** The /proc of the namespace outside tells another number for this process. */
    @Test
    void writesTheNumberThatItHasInItsOwnNamespace() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may make a namespace");
        Path pid = directory.resolve("pid");
        start(
                List.of("unshare", "--pid", "--fork", "sh", "-c", "\"$0\" \"$@\" & wait", SWTPM.toString()),
                "--pid",
                "file=" + pid);
        try (Daemon daemon = Daemon.connect(control, process)) {
            while (!Files.exists(pid) || Files.size(pid) == 0) {
                Thread.onSpinWait();
            }
            assertEquals("2", Files.readString(pid));
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    /** In most containers; swtpm's socket takes the clients by IPv4. */
    @Test
    void listensAtTheWildcardWhereThereIsNoIpv6() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may make a namespace");
        String without = "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6; exec \"$0\" \"$@\"";
        start(
                List.of("unshare", "--net", "sh", "-c", without, SWTPM.toString()),
                "--server",
                "type=tcp,port=2321,bindaddr=::");
        shutDown();
        control = directory.resolve("other");
        start(
                List.of("unshare", "--net", "sh", "-c", without, SWTPM.toString()),
                "--server",
                "type=tcp,port=2321,bindaddr=::1");
        assertEquals(1, process.waitFor());
        assertEquals(
                "swtpm: Could not open TCP socket ::1 port 2321: there is no IPv6 on this system; name an IPv4"
                        + " address\n",
                errors());
    }

    /** Where a package is unpacked below somebody's home; the VM opens its libraries when it first uses them. */
    @Test
    void becomesAUserWhoMayNotEnterItsDirectory() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
        Path home = Files.createDirectory(
                directory.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        run("cp", "-r", HOME.toString(), home.resolve("jswtpm").toString());
        Path state = Files.createDirectory(directory.resolve("state"));
        run("chown", "nobody", state.toString());
        control = state.resolve("control");
        start(
                List.of(home.resolve("jswtpm/bin/swtpm").toString()),
                "--runas",
                "nobody",
                "--server",
                "type=tcp,port=0,bindaddr=127.0.0.1",
                "--flags",
                "startup-clear");
        shutDown();
        assertEquals("swtpm: A new TPM was made: " + state + "/tpm2-00.permall: nothing is there.\n", errors());
    }

    @Test
    void ignoresOptionsForOtherJavaPrograms() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SWTPM.toString(), "--version");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dnoise=1");
        builder.environment().put("JDK_JAVA_OPTIONS", "-Dnoise=1");
        builder.environment().put("_JAVA_OPTIONS", "-Dnoise=1");
        process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(output.startsWith("TPM emulator version"), output);
        assertEquals(0, process.waitFor());
    }

    @Test
    void takesNamesInUtf8WhateverTheLocale() throws Exception {
        // octets of "größe", written so that the locale of this test does not matter
        String script = "cd " + directory + "; d=$(printf 'gr\\303\\266\\303\\237e'); mkdir \"$d\"; " + "exec " + SWTPM
                + " socket --tpm2 --tpmstate dir=\"$d\" --print-info 1";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
        builder.environment().put("LC_ALL", "C");
        process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.startsWith("{\"TPMSpecification\""), output);
    }

    @Test
    void aCopyUsesItsOwnCacheWithoutAWord() throws Exception {
        Path copy = directory.resolve("copy of jswtpm");
        run("cp", "-r", HOME.toString(), copy.toString());
        start(List.of(copy.resolve("bin/swtpm").toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            Path cache = copy.resolve("lib/swtpm.aot").toRealPath();
            String maps = Files.readString(Path.of("/proc/" + process.pid() + "/maps"));
            assertTrue(maps.contains(cache.toString()), "the cache is not mapped");
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
        assertEquals("", errors());
    }

    /** At another address all of it would be changed, and so be the process's own. */
    @Test
    void whatIsOnlyReadOfTheCacheBelongsToAllProcesses() throws Exception {
        start(List.of(SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            boolean found = false;
            boolean inCache = false;
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps"))) {
                if (line.contains(" r--p ") && line.contains("/swtpm.aot")) {
                    inCache = true;
                } else if (inCache && line.startsWith("Anonymous:")) {
                    assertTrue(line.endsWith(" 0 kB"), line);
                    found = true;
                    inCache = false;
                }
            }
            assertTrue(found, "the cache is not mapped");
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    void takesNoOptionsFromTheWorkingDirectoryAndSaysNothingOfThem() throws Exception {
        Files.writeString(directory.resolve(".hotspotrc"), "+PrintFlagsFinal");
        Files.writeString(directory.resolve(".hotspot_compiler"), "print *.*");
        start(List.of(SWTPM.toString()));
        shutDown();
        assertEquals("", errors());
        assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void leavesNoCoreUnlessItsLimitIsRaised() throws Exception {
        start(List.of("sh", "-c", "ulimit -S -c unlimited 2>/dev/null; exec \"$0\" \"$@\"", SWTPM.toString()));
        try (Daemon daemon = Daemon.connect(control, process)) {
            String limits = Files.readString(Path.of("/proc/" + process.pid() + "/limits"));
            assertTrue(limits.contains("Max core file size        0 "), limits);
            daemon.shutDown();
        }
    }

    /** Such a process's directory in /proc is root's, whoever runs it; before, libvirt wants to see the link to the program. */
    @Test
    void memoryIsClosedOnceTheTpmHasPower() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
        Path copy = directory.resolve("jswtpm");
        run("cp", "-r", HOME.toString(), copy.toString());
        Path state = Files.createDirectory(directory.resolve("state"));
        run("chown", "nobody", state.toString());
        control = state.resolve("control");
        start(List.of(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                copy.resolve("bin/swtpm").toString()));
        Path memory = Path.of("/proc/" + process.pid() + "/mem");
        try (Daemon daemon = Daemon.connect(control, process)) {
            assertEquals("nobody", Files.getOwner(memory).getName());
            daemon.init();
            while (process.isAlive() && !Files.getOwner(memory).getName().equals("root")) {
                Thread.onSpinWait();
            }
            assertEquals("root", Files.getOwner(memory).getName());
            daemon.shutDown();
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    void everyUserMayReadAndRunIt() throws IOException {
        try (Stream<Path> paths = Files.walk(HOME)) {
            for (Path path : paths.toList()) {
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
                assertTrue(mode.contains(PosixFilePermission.OTHERS_READ), path::toString);
                if (mode.contains(PosixFilePermission.OWNER_EXECUTE)) {
                    assertTrue(mode.contains(PosixFilePermission.OTHERS_EXECUTE), path::toString);
                }
            }
        }
    }

    @Test
    void anotherUserRunsIt() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
        Path copy = directory.resolve("jswtpm");
        run("cp", "-r", HOME.toString(), copy.toString());
        Path state = Files.createDirectory(directory.resolve("state"));
        run("chown", "nobody", state.toString());
        control = state.resolve("control");
        String program = copy.resolve("bin/swtpm").toString();
        start(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program));
        shutDown();
        assertEquals("", errors());
    }

    /** What a program that ends says on both streams. */
    private String output(String... command) throws Exception {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private void start(List<String> command, String... options) throws IOException {
        Path state = Files.createDirectories(control.resolveSibling("state"));
        if (control.getParent().endsWith("state")) {
            state = control.getParent();
        }
        List<String> whole = new ArrayList<>(command);
        whole.addAll(
                List.of("socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + control));
        whole.addAll(List.of(options));
        process = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }

    private void shutDown() throws Exception {
        try (Daemon daemon = Daemon.connect(control, process)) {
            daemon.shutDown();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the daemon goes on after CMD_SHUTDOWN");
        assertEquals(0, process.exitValue());
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("errors"));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), command[0]);
    }
}
