package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client of the control channel can rely on, whoever made the daemon. Requests are those of swtpm's
 * {@code tpm_ioctl.h}; where a subclass expects something else, it says why.
 */
abstract class ControlChannelContract {
    static final String INIT = "00000002 00000000";
    static final String SHUTDOWN = "00000003";
    static final String GET_TPM_ESTABLISHED = "00000004";
    static final String STOP = "0000000e";
    static final String SUCCESS = "00000000";
    static final String BAD_PARAMETER = "00000003";
    static final String BAD_ORDINAL = "0000000a";
    static final String IO_ERROR = "0000001f";
    static final String BAD_LOCALITY = "0000003d";

    static final String STARTUP_CLEAR = "8001 0000000c 00000144 0000";
    static final String GET_RANDOM_4 = "8001 0000000c 0000017b 0004";
    /** TPM2_EC_Ephemeral with P-256: its answer follows from the volatile state, and is another one each time. */
    static final String EC_EPHEMERAL = "8001 0000000c 0000018e 0003";

    static final String TPM_FAILURE = "80010000000a00000101";

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

    DaemonUnderTest daemon() {
        return daemon;
    }

    @Test
    void announcesWhatQemuNeeds() throws Exception {
        String answer = ctrl.ask("00000001", 8);

        assertEquals(SUCCESS, answer.substring(0, 8));
        int needed = 0x1 | 0x2 | 0x4 | 0x8 | 0x80 | 0x400 | 0x1000 | 0x2000;
        assertEquals(needed, Integer.parseUnsignedInt(answer.substring(8), 16) & needed);
    }

    @Test
    void answersARequestThatDoesNotExist() throws Exception {
        assertEquals(BAD_ORDINAL, ctrl.ask("000000ff", 4));
        assertEquals(BAD_ORDINAL, ctrl.ask("00000000", 4));
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
    }

    @Test
    void stopsATpmThatIsOff() throws Exception {
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
    }

    @Test
    void initializesAgainAndAgain() throws Exception {
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertEquals(SUCCESS, ctrl.ask("00000002 00000001", 4));
    }

    @Test
    void refusesARequestOfTheWrongSize() throws Exception {
        assertEquals(BAD_PARAMETER, ctrl.ask("00000002 00000000 00", 4));
        assertEquals(BAD_PARAMETER, ctrl.ask("0000000e 00", 4));
        assertEquals(BAD_PARAMETER, ctrl.ask("0000000f 00", 4));
        assertEquals(BAD_PARAMETER, ctrl.ask("00000003 00", 4));
        assertEquals(SUCCESS, ctrl.ask("0000000f", 8).substring(0, 8));
    }

    @Test
    void refusesWhatNeedsARunningTpm() throws Exception {
        String[] requests = {
            GET_TPM_ESTABLISHED, "00000006", "00000007 00000001 00", "00000008", "00000009", "0000000b 03"
        };
        for (String request : requests) {
            assertEquals(BAD_ORDINAL, ctrl.ask(request, 4), request);
        }
    }

    @Test
    void whetherTheTpmRunsIsCheckedBeforeTheSize() throws Exception {
        assertEquals(BAD_ORDINAL, ctrl.ask("00000004 00", 4));
        ctrl.ask(INIT, 4);
        assertEquals(BAD_PARAMETER, ctrl.ask("00000004 00", 4));
    }

    @Test
    void establishesByAHashSequenceAndResets() throws Exception {
        ctrl.ask(INIT, 4);
        assertEquals("0000000000000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));

        assertEquals(SUCCESS, ctrl.ask("00000006", 4));
        assertEquals(SUCCESS, ctrl.ask("00000007 00000003 616263", 4));
        assertEquals(SUCCESS, ctrl.ask("00000008", 4));

        assertEquals("0000000001000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
        assertEquals(BAD_LOCALITY, ctrl.ask("0000000b 05", 4));
        assertEquals(SUCCESS, ctrl.ask("0000000b 03", 4));
        assertEquals("0000000000000000", ctrl.ask(GET_TPM_ESTABLISHED, 8));
    }

    @Test
    void hashesDataThatIsLargerThanARequest() throws Exception {
        ctrl.ask(INIT, 4);
        ctrl.ask("00000006", 4);

        assertEquals(SUCCESS, ctrl.ask("00000007 00004000" + "5a".repeat(0x4000), 4));

        assertEquals(SUCCESS, ctrl.ask("00000008", 4));
    }

    @Test
    void refusesMoreHashDataThanAnnounced() throws Exception {
        ctrl.ask(INIT, 4);
        ctrl.ask("00000006", 4);

        assertEquals(BAD_PARAMETER, ctrl.ask("00000007 00000001 6162", 4));
    }

    @Test
    void setsALocalityWheneverAsked() throws Exception {
        assertEquals(SUCCESS, ctrl.ask("00000005 04", 4));
        assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
        assertEquals(BAD_LOCALITY, ctrl.ask("00000005 05", 4));
        assertEquals(BAD_LOCALITY, ctrl.ask("00000005 ff", 4));
        ctrl.ask(INIT, 4);
        assertEquals(SUCCESS, ctrl.ask("00000005 03", 4));
    }

    @Test
    void tellsThatNoKeysAreInUse() throws Exception {
        assertEquals(SUCCESS + "00000000", ctrl.ask("0000000f", 8));
    }

    @Test
    void cancelsNothingWithSuccess() throws Exception {
        ctrl.ask(INIT, 4);

        assertEquals(SUCCESS, ctrl.ask("00000009", 4));
    }

    @Test
    void asksForTheBufferSizeAtAnyTimeAndSetsItWhenStopped() throws Exception {
        String before = ctrl.ask("00000011 00000000", 16);
        assertEquals(SUCCESS + "00001000", before.substring(0, 16));
        assertEquals("00001000", before.substring(24));
        String min = before.substring(16, 24);

        assertEquals(SUCCESS + "00000c00", ctrl.ask("00000011 00000c00", 16).substring(0, 16));
        assertEquals(SUCCESS + min, ctrl.ask("00000011 00000001", 16).substring(0, 16));
        assertEquals(SUCCESS + "00001000", ctrl.ask("00000011 00100000", 16).substring(0, 16));

        ctrl.ask(INIT, 4);
        assertEquals(SUCCESS + "00001000", ctrl.ask("00000011 00000000", 16).substring(0, 16));
        assertEquals(BAD_ORDINAL, ctrl.ask("00000011 00000c00", 4));
    }

    @Test
    void tellsAboutItselfInChunks() throws Exception {
        StringBuilder text = new StringBuilder();
        int total;
        do {
            String offset = String.format("%08x", text.length() / 2);
            String header = ctrl.ask("00000012 00000000000000ff" + offset + "00000000", 12);
            assertEquals(SUCCESS, header.substring(0, 8));
            total = Integer.parseInt(header.substring(8, 16), 16);
            int chunk = Integer.parseInt(header.substring(16), 16);
            assertTrue(chunk > 0 && chunk <= 3072);
            text.append(ctrl.read(chunk));
        } while (text.length() < total * 2);

        assertTrue(text.toString().endsWith("7d00"), "ends with a brace and a NUL");
        assertEquals(BAD_PARAMETER, ctrl.ask("00000012 00000000000000ff 00100000 00000000", 4));
    }

    @Test
    void wantsADescriptorWithSetDataFd() throws Exception {
        assertEquals(BAD_PARAMETER, ctrl.ask("00000010", 4));
    }

    @Test
    void answersACommandBeforeInitByWhichQemuTellsTheVersion() throws Exception {
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(TPM_FAILURE, data.command("8001 0000000a 00000181"));
            assertEquals(TPM_FAILURE, data.command("00c1 0000000a 000000f1"));
            ctrl.ask(INIT, 4);
            assertEquals(SUCCESS, data.codeOf(STARTUP_CLEAR));
            assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
            ctrl.ask(STOP, 4);
            assertEquals(TPM_FAILURE, data.command(GET_RANDOM_4));
        }
    }

    @Test
    void takesOneDataDescriptorAtATimeAndAnotherAfterAHangUp() throws Exception {
        Wire first = ctrl.setDataFd();
        assertThrows(IOException.class, ctrl::setDataFd);
        first.close();

        try (Wire second = ctrl.setDataFd()) {
            assertEquals(TPM_FAILURE, second.command(GET_RANDOM_4));
        }
    }

    @Test
    void keepsTheDataConnectionOfAControlClientThatHasGone() throws Exception {
        try (Wire data = ctrl.setDataFd()) {
            ctrl.close();
            System.gc();
            try (Wire other = daemon.connect()) {
                assertEquals(SUCCESS, other.ask(INIT, 4));
            }
            assertEquals(SUCCESS, data.codeOf(STARTUP_CLEAR));
        }
    }

    @Test
    void understandsTheTcgPrefix() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            data.send("00000008 00 0000000c" + STARTUP_CLEAR);
            int size = Integer.parseInt(data.read(4), 16);
            assertEquals(SUCCESS, data.read(size).substring(12, 20));
            assertEquals("00000000", data.read(4));
            assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
        }
    }

    @Test
    void refusesACommandThatBringsMoreThanItAnnounces() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(SUCCESS, data.codeOf(STARTUP_CLEAR));
            assertEquals("00000142", data.codeOf(GET_RANDOM_4 + "ff"));
            assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
            assertEquals("00000142", data.codeOf(GET_RANDOM_4 + "81".repeat(5)));
            assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
        }
    }

    @Test
    void refusesTheInBandLocalityUnlessAllowed() throws Exception {
        ctrl.ask(INIT, 4);
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(TPM_FAILURE, data.command("8001 0000000b 20001000 01"));
            assertEquals("80010000000a0000009a", data.command("8001 0000000a 20001000"));
        }
    }

    @Test
    void closesAConnectionWhoseRequestIsNotCompleteInHalfASecond() throws Exception {
        ctrl.send("000000");
        assertTrue(ctrl.isClosedByPeer());
        try (Wire next = daemon.connect()) {
            assertEquals(SUCCESS, next.ask(STOP, 4));
        }
    }

    @Test
    void putsARequestInPiecesTogether() throws Exception {
        ctrl.send("0000");
        ctrl.send("0002 00");
        ctrl.send("000000");

        assertEquals(SUCCESS, ctrl.read(4));
    }

    @Test
    void endsOnShutdownAndTakesItsSocketAway() throws Exception {
        ctrl.ask(INIT, 4);

        assertEquals(SUCCESS, ctrl.ask(SHUTDOWN, 4));

        assertEquals(0, daemon.awaitEnd());
        assertFalse(Files.exists(daemon.ctrl()));
    }
}
