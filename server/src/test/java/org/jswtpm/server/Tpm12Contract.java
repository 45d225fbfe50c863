package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.BAD_LOCALITY;
import static org.jswtpm.server.ControlChannelContract.BAD_ORDINAL;
import static org.jswtpm.server.ControlChannelContract.GET_TPM_ESTABLISHED;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.SHUTDOWN;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
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
    private static final String RESET_ESTABLISHMENT_BIT = "00c1 0000000a 4000000b";
    private static final String FAILED_SELF_TEST = "00c40000000a0000001c";
    private static final String SHA_THREAD = "0000001a";
    private static final String ESTABLISHED = "0000000001000000";
    private static final String NOT_ESTABLISHED = "0000000000000000";
    private static final String OK = "00c40000000a00000000";
    private static final String FAIL = "00c40000000a00000009";
    private static final String BAD_PARAM_SIZE = "00c40000000a00000019";
    private static final String INVALID_POSTINIT = "00c40000000a00000026";

    @TempDir
    Path directory;

    @AutoClose
    private DaemonUnderTest daemon;

    @AutoClose
    private Wire ctrl;

    abstract DaemonUnderTest start(Path stateDirectory, String... options) throws IOException;

    @BeforeEach
    void startAndConnect() throws Exception {
        daemon = start(directory);
        ctrl = daemon.connect();
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

    @Test
    void refusesACommandThatBringsMoreThanItAnnouncesAndIsInStepAgain() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(OK, data.command(STARTUP_CLEAR));
            assertEquals(BAD_PARAM_SIZE, data.command(SELF_TEST_FULL + "ff00"));
            assertEquals(OK, data.command(SELF_TEST_FULL));
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
            assertEquals(ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
            assertEquals(BAD_LOCALITY, ctrl.ask("0000000b 05", 4));
            assertEquals(SUCCESS, ctrl.ask("0000000b 03", 4));
            assertEquals(NOT_ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
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
            assertEquals(ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));

            assertEquals(SUCCESS, ctrl.ask("00000005 03", 4), "CMD_SET_LOCALITY");
            assertEquals(OK, data.command(RESET_ESTABLISHMENT_BIT));

            assertEquals(NOT_ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
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
    void hashesBetweenStartupAndTheEndOnly() throws Exception {
        String[] sequence = {"00000006", "00000007 00000001 61", "00000008"};
        ctrl.ask(INIT, 4);
        assertEquals("00000026", ctrl.ask(sequence[0], 4), "TPM_INVALID_POSTINIT");
        assertEquals(SHA_THREAD, ctrl.ask(sequence[1], 4));
        assertEquals(SHA_THREAD, ctrl.ask(sequence[2], 4));
        assertEquals(NOT_ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(FAILED_SELF_TEST, data.command(STARTUP_CLEAR));
            for (int i = 1; i < sequence.length; i++) {
                ctrl.ask(INIT, 4);
                assertEquals(OK, data.command(STARTUP_CLEAR));
                assertEquals(SHA_THREAD, ctrl.ask(sequence[i], 4));
                assertEquals(FAILED_SELF_TEST, data.command(PCR_READ_17));
            }
            ctrl.ask(INIT, 4);
            assertEquals(OK, data.command(STARTUP_CLEAR));
            assertEquals(SUCCESS, ctrl.ask(sequence[0], 4));
            assertEquals("00000009", ctrl.ask(sequence[0], 4), "TPM_FAIL");
            assertEquals(FAILED_SELF_TEST, data.command(PCR_READ_17));
        }
    }

    /** The bit is kept; only localities 3 and 4 take it away, on either channel. */
    @Test
    void keepsThatItIsEstablished() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            assertEquals(SUCCESS, ctrl.ask("00000006", 4));
            assertEquals(SUCCESS, ctrl.ask("00000008", 4));
            assertEquals(SUCCESS, ctrl.ask(STOP, 4));
            assertEquals(BAD_ORDINAL, ctrl.ask(GET_TPM_ESTABLISHED, 4));
            ctrl.ask(INIT, 4);
            data.command(STARTUP_CLEAR);
            for (int locality = 0; locality < 3; locality++) {
                assertEquals(BAD_LOCALITY, ctrl.ask("0000000b 0" + locality, 4));
                ctrl.ask("00000005 0" + locality, 4);
                assertEquals("00c40000000a0000003d", data.command(RESET_ESTABLISHMENT_BIT));
                assertEquals(ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
            }
            ctrl.ask("00000005 04", 4);
            assertEquals(OK, data.command(RESET_ESTABLISHMENT_BIT));
            assertEquals(NOT_ESTABLISHED, ctrl.ask(GET_TPM_ESTABLISHED, 8));
        }
    }

    /** PCRs 17, 20 and 22 at each locality: TPM_Extend answers TPM_BAD_LOCALITY, TPM_PCR_Reset TPM_NOTLOCAL. */
    @Test
    void obeysTheLocalityThatWasSet() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.command(STARTUP_CLEAR);
            StringBuilder codes = new StringBuilder();
            for (int locality = 0; locality < 5; locality++) {
                assertEquals(SUCCESS, ctrl.ask("00000005 0" + locality, 4));
                for (String pcr : new String[] {"11", "14", "16"}) {
                    codes.append(data.codeOf("00c1 00000022 00000014 000000" + pcr + "61".repeat(20))
                            .substring(6));
                }
                for (String selection : new String[] {"000002", "000010", "000040"}) {
                    codes.append(data.codeOf("00c1 0000000f 000000c8 0003" + selection)
                            .substring(6));
                }
                codes.append(' ');
            }
            assertEquals("3d3d3d333333 3d003d333333 000000330000 00003d333333 003d3d000033 ", codes.toString());
        }
    }

    @Test
    void cancelsNothingAndSaysSo() throws Exception {
        ctrl.ask(INIT, 4);
        assertEquals("00000009", ctrl.ask("00000009", 4), "TPM_FAIL");
    }

    @Test
    void itsBufferIsAsLargeAsThatOfATpm2() throws Exception {
        String limits = "00000c00 00001000";
        assertEquals(SUCCESS + "00001000" + limits.replace(" ", ""), ctrl.ask("00000011 00000000", 16));
        assertEquals(SUCCESS + "00000c00" + limits.replace(" ", ""), ctrl.ask("00000011 00000b50", 16));
        assertEquals(SUCCESS + "00001000" + limits.replace(" ", ""), ctrl.ask("00000011 00100000", 16));
        ctrl.ask(INIT, 4);
        assertEquals(BAD_ORDINAL, ctrl.ask("00000011 00000c00", 4));
    }

    @Test
    void tellsAboutItself() throws Exception {
        String specification = "\"TPMSpecification\":{\"family\":\"1.2\",\"level\":2,\"revision\":116}";
        String attributes = "\"TPMAttributes\":{\"manufacturer\":\"id:00001014\",\"version\":\"id:00740001\","
                + "\"model\":\"swtpm\"}";
        for (int i = 0; i < 2; i++) {
            assertEquals("{" + specification + "}", info(1));
            assertEquals("{" + attributes + "}", info(2));
            assertEquals("{" + specification + "," + attributes + "}", info(0xff));
            for (int flag = 4; flag <= 0x80; flag <<= 1) {
                assertEquals("{}", info(flag));
            }
            ctrl.ask(INIT, 4);
        }
    }

    private String info(int flags) throws IOException {
        String header = ctrl.ask("00000012 %016x 00000000 00000000".formatted(flags), 12);
        int size = Integer.parseInt(header.substring(16), 16);
        assertEquals(SUCCESS + header.substring(16), header.substring(0, 16));
        byte[] text = HexFormat.of().parseHex(ctrl.read(size));
        return new String(text, 0, size - 1, StandardCharsets.UTF_8);
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
