package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power, state and log around the TPM. */
class PlatformTest {
    private static final String INIT = ControlChannelContract.INIT;
    private static final String STOP = ControlChannelContract.STOP;
    private static final String SUCCESS = ControlChannelContract.SUCCESS;
    private static final String COMMAND = "80010000000c0000017b0020";

    @TempDir
    Path directory;

    private Path state;
    private InProcessDaemon daemon;
    private Wire ctrl;

    @BeforeEach
    void makeDirectory() throws IOException {
        state = Files.createDirectory(directory.resolve("state"));
    }

    private void start(String... options) throws Exception {
        daemon = InProcessDaemon.start(state, options);
        ctrl = daemon.connect();
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            ctrl.close();
            daemon.close();
        }
    }

    @Test
    void sendsTheShutdownThatTheGuestForgot() throws Exception {
        start();
        ctrl.ask(INIT, 4);
        ctrl.ask(INIT, 4);
        ctrl.ask(STOP, 4);
        ctrl.ask(STOP, 4);

        // "last" is never reset, so the shutdown before the second INIT counts for the STOP, too
        assertEquals("on shutdown:1 off on off ", daemon.tpm().history());
    }

    @Test
    @Timeout(60)
    void theTpmFindsPrimesWhenItIsIdleOnceAKeyWasMade() throws Exception {
        start();
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(COMMAND);
            assertTrue(daemon.tpm().isSearchUntouched());
            data.command("80010000000a00000153");
            daemon.tpm().awaitPrimes();
        }
    }

    /** The one thread of the search outlives it, and each key asks for it anew. */
    @Test
    @Timeout(60)
    void aFaultOfTheSearchForPrimesIsToldOnceAndEndsNothingElse() throws Exception {
        start();
        daemon.tpm().breakSearch();
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            for (long left = daemon.tpm().primesLeft() - 1; left >= 0; left--) {
                data.command("80010000000a00000153");
                while (daemon.tpm().primesLeft() > left) {
                    Thread.onSpinWait();
                }
            }
            data.command(COMMAND);
        }
        String log = Files.readString(state.resolve("log"));
        assertEquals(2, log.split("the search for primes", -1).length, log);
    }

    @Test
    void sendsNoSecondShutdown() throws Exception {
        start();
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command("80010000000c000001450000");
            ctrl.ask(STOP, 4);
            ctrl.ask(INIT, 4);
            data.command(COMMAND);
            ctrl.ask(STOP, 4);
        }

        assertEquals("on shutdown:0 off on shutdown:1 off ", daemon.tpm().history());
    }

    @Test
    void sendsNoShutdownWhenTheUserWantsNone() throws Exception {
        start("--flags", "disable-auto-shutdown");
        ctrl.ask(INIT, 4);
        ctrl.ask(STOP, 4);

        assertEquals("on off ", daemon.tpm().history());
    }

    @Test
    void startsWithTheProcessWhenNoInitIsNeeded() throws Exception {
        start("--flags", "startup-clear");

        assertEquals(SUCCESS + "00000000", ctrl.ask("00000004", 8));
    }

    @Test
    void startsWithoutAnyChannelAsScriptsDoThatOnlyWantAState() throws Exception {
        try (InProcessDaemon alone = InProcessDaemon.startWithout(state, "--flags", "startup-clear")) {
            assertEquals("on ", alone.tpm().history());
        }
    }

    @Test
    void explainsAtTheFinestLevelHowLongAnAnswerTook() throws Exception {
        start("--log", "file=" + state + "/log,level=20,explain");
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(COMMAND);
        }
        String log = Files.readString(state.resolve("log"));
        assertEquals(
                3,
                log.lines()
                        .filter(line -> line.matches(" {7}answered after \\d+ us"))
                        .count(),
                log);
    }

    @Test
    void answersInitWithTheCodeOfAnUnusableStateAndGoesOn() throws Exception {
        start();
        daemon.tpm().failPowerOn(new StateException(0x101, "tpm2-00.permall is cut off"));

        assertEquals("00000101", ctrl.ask(INIT, 4));
        assertEquals(ControlChannelContract.BAD_ORDINAL, ctrl.ask("00000004", 4));
        assertTrue(Files.readString(state.resolve("log")).contains("tpm2-00.permall is cut off"));

        daemon.tpm().failPowerOn(null);
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
    }

    @Test
    void keepsASecondDaemonOut() throws Exception {
        start();
        assertEquals(SUCCESS, ctrl.ask("00000013 00000000", 4));
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        Path other = Files.createDirectory(directory.resolve("other"));
        String[] sameState = {"--tpmstate", "dir=" + state};
        try (InProcessDaemon second = InProcessDaemon.start(other, sameState);
                Wire wire = second.connect()) {
            assertEquals("00000009", wire.ask(INIT, 4));
            assertEquals("00000009", wire.ask("00000013 00000001", 4));
            assertTrue(Files.readString(other.resolve("log"))
                    .contains(
                            "SWTPM_NVRAM_Lock_Dir: Could not lock access to lockfile: Resource temporarily unavailable"
                                    + " (" + state + "/.lock is locked"));

            ctrl.ask(STOP, 4);
            assertEquals("00000009", wire.ask(INIT, 4));
            daemon.close();
            assertEquals(SUCCESS, wire.ask(INIT, 4));
        }
    }

    @Test
    void refusesInitWithoutAPlaceForTheState() throws Exception {
        start("--tpmstate", "dir=" + directory + "/missing");

        assertEquals("00000009", ctrl.ask(INIT, 4));
    }

    @Test
    void givesTheTpmWhatItNeeds() throws Exception {
        start("--tpmstate", "dir=" + state + ",mode=0600");
        byte[] noise = new byte[64];
        daemon.host().fillEntropy(noise);
        byte[] more = new byte[64];
        daemon.host().fillEntropy(more);
        assertFalse(Arrays.equals(noise, more));

        assertTrue(daemon.host().load(StateKind.PERMANENT).isEmpty());
        daemon.host().commit(StateKind.PERMANENT, new byte[] {1, 2, 3});
        assertArrayEquals(
                new byte[] {1, 2, 3}, daemon.host().load(StateKind.PERMANENT).orElseThrow());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("tpm2-00.permall"))));

        daemon.host().commit(StateKind.VOLATILE, new byte[] {4});
        assertEquals(SUCCESS, ctrl.ask("00000002 00000001", 4));
        assertFalse(Files.exists(state.resolve("tpm2-00.volatilestate")));
    }

    @Test
    void givesTheSocketItsMode() throws Exception {
        start("--ctrl", "type=unixio,mode=0640,path=" + state + "/ctrl");

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("ctrl"))));
    }

    @Test
    void takesAwayASocketThatWasLeftOver() throws Exception {
        Files.createFile(state.resolve("ctrl"));
        start();

        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
    }

    @Test
    void writesAndRemovesThePidFile() throws Exception {
        Path pid = directory.resolve("pid");
        start("--pid", "file=" + pid);
        assertEquals(Long.toString(ProcessHandle.current().pid()), Files.readString(pid));

        daemon.close();

        assertFalse(Files.exists(pid));
        assertFalse(Files.exists(state.resolve("ctrl")));
    }

    @Test
    void endsWithTheLastControlClientWhenAsked() throws Exception {
        start("--ctrl", "type=unixio,terminate,path=" + state + "/ctrl");
        Wire second = daemon.connect();
        assertEquals(SUCCESS, second.ask(STOP, 4));
        second.close();
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        ctrl.close();

        assertEquals(0, daemon.awaitEnd());
    }

    @Test
    void namesWhatIsWrongWithASocket() {
        String missing = directory + "/missing/ctrl";
        IOException noDirectory = assertThrows(
                IOException.class, () -> InProcessDaemon.startWithout(state, "--ctrl", "type=unixio,path=" + missing));
        assertTrue(noDirectory.getMessage().contains(missing), noDirectory.getMessage());

        String tooLong = directory + "/" + "x".repeat(108);
        assertThrows(
                IOException.class, () -> InProcessDaemon.startWithout(state, "--ctrl", "type=unixio,path=" + tooLong));
        assertThrows(
                IOException.class,
                () -> InProcessDaemon.startWithout(state, "--ctrl", "type=tcp,port=1,bindaddr=localhost"));
    }

    @Test
    void namesWhatIsWrongWithALogOrPidFile() {
        String missing = directory + "/missing/file";
        IOException log =
                assertThrows(IOException.class, () -> InProcessDaemon.start(state, "--log", "file=" + missing));
        assertEquals(
                "Could not open logfile for writing: " + missing + ": No such file or directory", log.getMessage());
        IOException pid =
                assertThrows(IOException.class, () -> InProcessDaemon.start(state, "--pid", "file=" + missing));
        assertEquals("Could not write pidfile " + missing + ": No such file or directory", pid.getMessage());
    }

    /** Debian's swtpm writes the same lines, with the secrets in them. */
    @Test
    void logsAsSwtpmDoesWithZerosInThePlaceOfSecrets() throws Exception {
        start();
        ctrl.ask(INIT, 4);
        say();
        String log = Files.readString(state.resolve("log"));

        assertEquals(
                """
                 Ctrl Cmd: length 8
                 00 00 00 02 00 00 00 00\s
                 Ctrl Rsp: length 4
                 00 00 00 00\s
                 Ctrl Cmd: length 4
                 00 00 00 10\s
                 Ctrl Rsp: length 4
                 00 00 00 00\s
                 SWTPM_IO_Read: length 12
                 80 01 00 00 00 0C 00 00 01 44 00 00\s
                 SWTPM_IO_Write: length 27
                 80 01 00 00 00 1B 00 00 00 00 00 00 01 44 00 00\s
                 00 00 00 00 00 00 00 00 00 00 00\s
                """.lines().limit(10).toList(),
                log.lines().filter(line -> line.startsWith(" ")).limit(10).toList());
        assertTrue(
                log.contains(
                        " SWTPM_IO_Read: length 20\n 80 02 00 00 00 14 00 00 01 53 80 00 00 01 00 00 \n 00 00 00 00 \n"
                                + " SWTPM_IO_Write: length "),
                log);
        assertTrue(log.contains(" SWTPM_IO_Read: length 16\n 80 02 00 00 00 10 00 00 01 53 00 00 00 00 00 00 \n"), log);
        assertTrue(log.contains(" SWTPM_IO_Read: length 12\n 80 01 00 00 00 0C 00 00 01 7B 00 00 \n"), log);
        assertFalse(log.contains("5E C2 E7") || log.contains("5ec2e7"), log);
        assertTrue(
                log.lines()
                        .allMatch(line ->
                                line.matches(" [A-Z]\\w+( Cmd| Rsp)?: length \\d+| ([0-9A-F]{2} ){1,16}|\\S.*")),
                log);
    }

    @Test
    void explainsCommandsByTheirNamesWhereThatIsWanted() throws Exception {
        start("--log", "file=" + state + "/log,level=2,explain");
        ctrl.ask(INIT, 4);
        say();
        String log = Files.readString(state.resolve("log"));

        assertTrue(log.contains(" TPM2_Startup()\n SWTPM_IO_Read: length 12\n 80 01 "), log);
        assertTrue(log.contains(" TPM2_Create(0x80000001), authorized\n SWTPM_IO_Read: length 20\n"), log);
        assertTrue(log.contains(" TPM2_Create(no handle), authorized\n SWTPM_IO_Read: length 16\n"), log);
        assertTrue(log.contains(" TPM_RC_SUCCESS\n SWTPM_IO_Write: length 27\n"), log);
        assertTrue(log.contains(" command 0xff\n SWTPM_IO_Read: length 10\n"), log);
        assertFalse(log.contains("5E C2 E7") || log.contains("5ec2e7"), log);
    }

    private void say() throws IOException {
        try (Wire data = ctrl.setDataFd()) {
            data.command("8001 0000000c 00000144 0000");
            data.command("8002 00000014 00000153 80000001 5ec2e75ec2e7");
            data.command("8002 00000010 00000153 5ec2e75ec2e7");
            data.command("8001 0000000c 0000017b 5ec2");
            data.command("8001 0000000a 000000ff");
        }
    }
}
