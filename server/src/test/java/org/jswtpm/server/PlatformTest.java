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

    /** Upstream's test_commandline asks for a line as deep as this one. */
    @Test
    void tellsAtTheFinestLevelHowLongAnAnswerTook() throws Exception {
        start();
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

    @Test
    void logsCommandsThatMayHoldSecretsByNameOnly() throws Exception {
        start();
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command("8001 0000000c 00000144 0000");
            data.command("8002 00000010 00000153 5ec2e75ec2e7");
            data.command("8001 0000000c 0000017b 0020");
            data.command("8001 0000000a 000000ff");
        }
        String log = Files.readString(state.resolve("log"));

        assertTrue(
                log.contains(" TPM2_Startup()\n SWTPM_IO_Read: length 12\n 80 01 00 00 00 0C 00 00 01 44 00 00 \n"),
                log);
        assertTrue(
                log.contains(" TPM2_Create(no handle), authorized\n SWTPM_IO_Read: length 16, not shown\n"
                        + " TPM_RC_SUCCESS\n SWTPM_IO_Write: length 27, not shown\n"),
                log);
        assertTrue(log.contains(" TPM2_GetRandom()\n SWTPM_IO_Read: length 12, not shown\n"), log);
        assertTrue(log.contains(" command 0xff\n SWTPM_IO_Read: length 10, not shown\n"), log);
        assertTrue(log.contains(" Ctrl Cmd: length 8\n 00 00 00 02 00 00 00 00 \n"), log);
        assertFalse(log.contains("5E C2 E7") || log.contains("5ec2e7"), log);
    }
}
