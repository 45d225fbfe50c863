package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data channel over real sockets, with a TPM that answers each command with the locality and the command. */
class DataChannelTest {
    private static final String INIT = ControlChannelContract.INIT;
    private static final String SUCCESS = ControlChannelContract.SUCCESS;
    private static final String COMMAND = "80010000000c0000017b0020";
    private static final String ECHO = "80010000001700000000" + "00" + COMMAND;
    private static final String COMMAND_SIZE = "80010000000a00000142";

    @TempDir
    Path directory;

    private InProcessDaemon daemon;
    private Wire ctrl;

    private void start(String... options) throws Exception {
        daemon = InProcessDaemon.start(directory, options);
        ctrl = daemon.connect();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            ctrl.close();
            daemon.close();
        }
    }

    @Test
    void putsACommandTogetherFromSingleOctets() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            for (int i = 0; i < COMMAND.length(); i += 2) {
                data.send(COMMAND.substring(i, i + 2));
            }

            assertEquals(ECHO, data.response());
        }
    }

    @Test
    void answersTwoCommandsOfOneWriteInTheirOrder() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send(COMMAND + "80010000000a00000181" + COMMAND.substring(0, 8));

            assertEquals(ECHO, data.response());
            assertEquals("8001000000150000000000" + "80010000000a00000181", data.response());

            data.send(COMMAND.substring(8));
            assertEquals(ECHO, data.response());
        }
    }

    @Test
    void answersATcgPrefixWithItsLocalityAndKeepsIt() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send("00000008 03 0000000c" + COMMAND + COMMAND);

            String echo = "80010000001700000000" + "03" + COMMAND;
            assertEquals("00000017" + echo + "00000000", data.read(4 + 0x17 + 4));
            assertEquals(echo, data.response());
        }
    }

    @Test
    void refusesACommandThatIsLargerThanTheBufferAndGoesOn() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send("80010000200000000153" + "ff".repeat(0x2000 - 10));
            assertEquals(COMMAND_SIZE, data.response());

            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void takesTheLargestCommand() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            assertTrue(data.command("80010000100000000153" + "ab".repeat(4096 - 10))
                    .startsWith("8001" + "0000100b"));
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void refusesACommandOfWhichTheRestDoesNotCome() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send("80010000001000000153" + "aabb");
            assertEquals(COMMAND_SIZE, data.response());

            data.send("8001ffffffff00000153");
            assertEquals(COMMAND_SIZE, data.response());

            data.send("80010000000900000153");
            assertEquals(COMMAND_SIZE, data.response());

            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "8003", "00c4aabbccdd", "00000009000000000000", "80000000000c0000017b0020"})
    void refusesACommandThatBringsMoreThanItAnnouncesAndIsInStepAgain(String surplus) throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(COMMAND_SIZE, data.command(COMMAND + surplus));
                assertEquals(ECHO, data.command(COMMAND));
            }
        }
    }

    /** As much as does not fit into the buffer. */
    @Test
    void throwsAllAwayThatCameBehindACommandAtOnce() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(COMMAND_SIZE, data.command(COMMAND + "ff".repeat(9000)));
            assertEquals(ECHO, data.command(COMMAND));
            assertEquals(COMMAND_SIZE, data.command("80010000200000000153" + "ff".repeat(0x2000 - 10 + 5)));
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null", "/proc/self/maps"})
    void takesNothingButASocketForTheDataChannel(String path) throws Exception {
        start();
        try (FileInputStream file = new FileInputStream(path)) {
            assertEquals(ControlChannelContract.BAD_PARAMETER, ctrl.askWithDescriptor("00000010", file.getFD(), 4));
        }
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void answersNonsenseAsLongAsItComes() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            for (int i = 0; i < 1200; i++) {
                assertEquals(COMMAND_SIZE, data.command("00000000000000000000"));
            }
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void aClientThatStopsInAHeaderBlocksNobody() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send("80");

            try (Wire other = daemon.connect()) {
                assertEquals(SUCCESS, other.ask("00000005 01", 4));
                assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
                assertEquals(SUCCESS, other.ask(ControlChannelContract.STOP, 4));
            }
        }
    }

    @Test
    void aSlowControlClientBlocksNobody() throws Exception {
        start();
        try (Wire slow = daemon.connect();
                Wire idle = daemon.connect();
                Wire data = ctrl.setDataFd()) {
            slow.send("0000");
            assertEquals(SUCCESS, idle.ask("00000005 00", 4));
            assertEquals(ECHO, data.command(COMMAND));
            assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
        }
    }

    @Test
    void servesTheControlChannelWhileACommandRunsAndCancelsIt() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            data.send("80010000000a" + Integer.toHexString(ScriptedTpm.CC_UNTIL_CANCELLED));
            daemon.tpm().awaitBlockedCommand();

            assertEquals(SUCCESS, ctrl.ask("00000001", 8).substring(0, 8));
            assertEquals(SUCCESS, ctrl.ask("00000005 02", 4));
            assertEquals(SUCCESS + "00000000", ctrl.ask("00000004", 8));
            assertEquals(SUCCESS + "00001000", ctrl.ask("00000011 00000000", 16).substring(0, 16));
            assertEquals(SUCCESS, ctrl.ask("00000009", 4));

            assertEquals("80010000000a00000909", data.response());
            assertEquals("02", data.command(COMMAND).substring(20, 22));
        }
    }

    @Test
    void keepsTheDataConnectionUnderMemoryPressure() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            for (int round = 0; round < 5; round++) {
                byte[][] garbage = new byte[64][];
                for (int i = 0; i < garbage.length; i++) {
                    garbage[i] = new byte[1 << 16];
                }
                assertEquals(64, garbage.length);
                System.gc();
                assertEquals(ECHO, data.command(COMMAND));
            }
        }
    }

    @Test
    void leavesNoCopyOfACommandOrResponseBehind() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(ECHO, data.command(COMMAND));

            assertTrue(daemon.tpm().isLastExchangeWiped());
        }
    }

    @Test
    void makesAFaultOfTheEngineItsFailureModeAndLogsNoTextOfIt() throws Exception {
        start();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(
                    "80010000000a00000101", data.command("80010000000a" + Integer.toHexString(ScriptedTpm.CC_FAULT)));
            assertEquals("80010000000a00000101", data.command(COMMAND));
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(ECHO, data.command(COMMAND));
        }
        String log = Files.readString(directory.resolve("log"));
        assertTrue(log.contains("java.lang.IllegalStateException"), log);
        assertTrue(log.contains("ScriptedTpm.execute"), log);
        assertTrue(!log.contains("secret text"), log);
    }

    @Test
    void servesATcpPortOneClientAfterTheOther() throws Exception {
        int port = Wire.freePort();
        start("--server", "type=tcp,port=" + port);
        assertEquals(ControlChannelContract.IO_ERROR, ctrl.ask("00000010", 4));
        for (int i = 0; i < 3; i++) {
            try (Wire data = Wire.connect(port)) {
                assertEquals(ECHO, data.command(COMMAND));
                assertEquals(ECHO, data.command(COMMAND));
            }
        }
    }

    @Test
    void closesAConnectionAfterEachResponseWhenAsked() throws Exception {
        start("--server", "type=unixio,disconnect,path=" + directory + "/data");
        for (int i = 0; i < 2; i++) {
            try (Wire data = Wire.connect(directory.resolve("data"))) {
                assertEquals(ECHO, data.command(COMMAND));
                assertTrue(data.isClosedByPeer());
            }
        }
    }

    @Test
    void endsWithTheDataConnectionWhenAsked() throws Exception {
        start("--terminate");
        ctrl.setDataFd().close();

        assertEquals(0, daemon.awaitEnd());
    }

    @Test
    void endsAfterTheFirstCommandWithPortAndTerminate() throws Exception {
        int port = Wire.freePort();
        start("-tp", Integer.toString(port));
        try (Wire data = Wire.connect(port)) {
            assertEquals(ECHO, data.command(COMMAND));
        }

        assertEquals(0, daemon.awaitEnd());
    }

    @Test
    void servesAControlChannelOverTcp() throws Exception {
        int port = Wire.freePort();
        daemon = InProcessDaemon.startWithout(directory, "--ctrl", "type=tcp,port=" + port);
        ctrl = Wire.connect(port);

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(ControlChannelContract.BAD_PARAMETER, ctrl.ask("00000010", 4));
    }

    @Test
    void obeysTheInBandLocalityWhenAllowed() throws Exception {
        start("--locality", "allow-set-locality,reject-locality-4");
        try (Wire data = ctrl.setDataFd()) {
            assertEquals("80010000000a00000000", data.command("80010000000b2000100003"));
            assertEquals("80010000000a00000907", data.command("80010000000b2000100004"));
            assertEquals("03", data.command(COMMAND).substring(20, 22));
        }
        assertEquals(ControlChannelContract.BAD_LOCALITY, ctrl.ask("00000005 04", 4));
    }
}
