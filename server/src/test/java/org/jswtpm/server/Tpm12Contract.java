package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.BAD_LOCALITY;
import static org.jswtpm.server.ControlChannelContract.GET_TPM_ESTABLISHED;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.SHUTDOWN;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is different in a process that runs a TPM 1.2. */
abstract class Tpm12Contract {
    private static final String STARTUP_CLEAR = "00c1 0000000c 00000099 0001";
    private static final String SAVE_STATE = "00c1 0000000a 00000098";
    private static final String SELF_TEST_FULL = "00c1 0000000a 00000050";
    private static final String PCR_READ_17 = "00c1 0000000e 00000015 00000011";
    private static final String OK = "00c40000000a00000000";
    private static final String FAIL = "00c40000000a00000009";
    private static final String INVALID_POSTINIT = "00c40000000a00000026";

    @TempDir
    Path directory;

    private DaemonUnderTest daemon;
    private Wire ctrl;

    abstract DaemonUnderTest start(Path stateDirectory, String... options) throws IOException;

    @BeforeEach
    void startAndConnect() throws Exception {
        daemon = start(directory);
        ctrl = daemon.connect();
    }

    @AfterEach
    void end() throws Exception {
        ctrl.close();
        daemon.close();
    }

    Wire ctrl() {
        return ctrl;
    }

    /** QEMU tells the version by the tag. */
    @Test
    void failsWithTheTagOfATpm12AsLongAsItIsOff() throws Exception {
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(FAIL, data.command("8001 0000000a 00000181"));
            assertEquals(FAIL, data.command(SELF_TEST_FULL));
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(INVALID_POSTINIT, data.command(SELF_TEST_FULL));
            assertEquals(OK, data.command(STARTUP_CLEAR));
            assertEquals(OK, data.command(SELF_TEST_FULL));
            assertEquals(SUCCESS, ctrl.ask(STOP, 4));
            assertEquals(FAIL, data.command(SELF_TEST_FULL));
        }
    }

    /** SHA1(20 zeros and SHA1("abc")). */
    @Test
    void measuresAHashSequenceIntoPcr17() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            assertEquals("00c40000001e00000000" + "ff".repeat(20), data.command(PCR_READ_17));

            assertEquals(SUCCESS, ctrl.ask("00000006", 4));
            assertEquals(SUCCESS, ctrl.ask("00000007 00000003 616263", 4));
            assertEquals(SUCCESS, ctrl.ask("00000008", 4));

            assertEquals("00c40000001e00000000ccd5bd41458de644ac34a2478b58ff819bef5acf", data.command(PCR_READ_17));
            assertEquals("0000000001000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
            assertEquals(BAD_LOCALITY, ctrl.ask("0000000b 05", 4));
            assertEquals(SUCCESS, ctrl.ask("0000000b 03", 4));
            assertEquals("0000000000000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
        }
    }

    /** TSC_ResetEstablishmentBit, which a TPM 2.0 does not have. */
    @Test
    void guestResetsTheEstablishmentBit() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            ctrl.ask("00000006", 4);
            ctrl.ask("00000008", 4);
            assertEquals("0000000001000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));

            ctrl.ask("00000005 03", 4); // CMD_SET_LOCALITY
            assertEquals(OK, data.command("00c1 0000000a 4000000b"));

            assertEquals("0000000000000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
        }
    }

    @Test
    void tellsThatACommandHasClearedTheEstablishmentBit() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            ctrl.ask("00000006", 4);
            ctrl.ask("00000008", 4);
            assertEquals("0000000001000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));

            assertEquals(SUCCESS, ctrl.ask("00000005 03", 4), "CMD_SET_LOCALITY");
            assertEquals(OK, data.command("00c1 0000000a 4000000b"));

            assertEquals("0000000000000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
        }
    }

    /** TPM_DECRYPT_ERROR and TPM_BAD_KEY_PROPERTY; all else is TPM_FAIL. */
    @ParameterizedTest
    @CsvSource({"01, aes-128-cbc, 00000021", "00, aes-256-cbc, 00000028"})
    void tellsWhatIsWrongWithTheKeyOfItsState(String otherKey, String otherMode, String code) throws Exception {
        Path encrypted = Files.createDirectory(directory.resolve("encrypted"));
        Path key = Files.writeString(directory.resolve("key"), "00".repeat(16));
        try (DaemonUnderTest first = start(encrypted, "--key", "file=" + key);
                Wire wire = first.connect()) {
            assertEquals(SUCCESS, wire.ask(INIT, 4));
            wire.ask(SHUTDOWN, 4);
            first.awaitEnd();
        }

        Path other = Files.writeString(
                directory.resolve("other"), otherKey.repeat(otherMode.equals("aes-256-cbc") ? 32 : 16));
        try (DaemonUnderTest second = start(encrypted, "--key", "file=" + other + ",mode=" + otherMode);
                Wire wire = second.connect()) {
            assertEquals(code, wire.ask(INIT, 4));
        }
    }

    @Test
    void keepsItsStatesInFilesOfTheirOwn() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            assertEquals(OK, data.command(SAVE_STATE));
            assertTrue(Files.exists(directory.resolve("tpm-00.savestate")));
            assertEquals(SUCCESS, ctrl.ask("0000000a", 4), "CMD_STORE_VOLATILE");
        }
        for (String name : new String[] {"permall", "volatilestate"}) {
            assertTrue(Files.exists(directory.resolve("tpm-00." + name)), name);
        }
    }

    @Test
    void movesToAnotherProcess() throws Exception {
        ctrl.ask(INIT, 4);
        String permanent = StateBlobs.get(ctrl, StateBlobs.PERMANENT);
        String running;
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            data.command("00c1 00000022 00000014 00000010" + "61".repeat(20));
            running = StateBlobs.get(ctrl, StateBlobs.VOLATILE);
        }
        ctrl.ask(STOP, 4);

        assertEquals(SUCCESS, StateBlobs.set(ctrl, StateBlobs.PERMANENT, 0, permanent));
        assertEquals(SUCCESS, StateBlobs.set(ctrl, StateBlobs.VOLATILE, 0, running));
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        try (Wire data = ctrl.setDataFd()) {
            String value = data.command("00c1 0000000e 00000015 00000010");
            assertTrue(value.startsWith("00c40000001e00000000"), value);
            assertTrue(!value.endsWith("00".repeat(20)), value);
        }
    }
}
