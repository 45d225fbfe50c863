package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.BAD_ORDINAL;
import static org.jswtpm.server.ControlChannelContract.BAD_PARAMETER;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.IO_ERROR;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.server.control.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many control clients, and such that stall, beside the one that matters. */
class ControlBudgetTest {
    private static final String COMMAND = "80010000000c0000017b0020";
    private static final String ECHO = "80010000001700000000" + "00" + COMMAND;
    /** More than there are places. */
    private static final int CROWD = 150;
    /** Who stalls is given up at once; a request still has all the time it needs. */
    private static final Patience SHORT = new Patience(Long.MAX_VALUE, 20_000_000, 0);

    @TempDir
    Path directory;

    private final List<Wire> crowd = new ArrayList<>();
    private InProcessDaemon daemon;

    @AfterEach
    void end() throws IOException {
        for (Wire each : crowd) {
            each.close();
        }
        daemon.close();
    }

    private Wire newClient() throws Exception {
        Wire client = daemon.connect();
        crowd.add(client);
        return client;
    }

    @Test
    void whoIsConnectedToTheTpmStaysHoweverManyCome() throws Exception {
        daemon = InProcessDaemon.start(directory);
        Wire ctrl = newClient();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            for (int i = 0; i < CROWD; i++) {
                Wire other = newClient();
                switch (i % 3) {
                    case 0 -> other.send("0000");
                    case 1 -> assertEquals(SUCCESS, other.ask("00000005 00", 4));
                    default -> {
                        // it says nothing
                    }
                }
            }

            assertEquals(SUCCESS, newClient().ask("00000005 00", 4));
            assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void whoHasSwitchedTheTpmOnStaysWhereTheDataChannelIsASocketOfItsOwn() throws Exception {
        daemon = InProcessDaemon.start(directory, "--server", "type=unixio,path=" + directory + "/data");
        Wire ctrl = newClient();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        for (int i = 0; i < CROWD; i++) {
            assertEquals(SUCCESS, newClient().ask("00000005 00", 4));
        }
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
    }

    @Test
    void theOneThatWasSilentForLongestMakesRoom() throws Exception {
        daemon = InProcessDaemon.start(directory);
        Wire first = newClient();
        for (int i = 0; i < 63; i++) {
            assertEquals(SUCCESS, newClient().ask("00000005 00", 4));
        }
        assertEquals(SUCCESS, newClient().ask("00000005 00", 4));

        assertTrue(first.isClosedByPeer());
    }

    @Test
    void aBlobIsTakenWhileACrowdHoldsWhatItHasAnnounced() throws Exception {
        daemon = InProcessDaemon.startEngine(directory);
        Wire ctrl = newClient();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        String blob = StateBlobs.get(ctrl, StateBlobs.PERMANENT);
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        for (int i = 0; i < CROWD; i++) {
            newClient().send("0000000d 00000000 00000001 00080000" + "ab".repeat(5000));
        }

        assertEquals(SUCCESS, StateBlobs.set(newClient(), StateBlobs.PERMANENT, 0, blob));
    }

    @Test
    void aBlobThatStallsEndsItsConnection() throws Exception {
        daemon = InProcessDaemon.start(directory, SHORT);
        Wire running = newClient();
        assertEquals(SUCCESS, running.ask(STOP, 4));
        Wire stalled = newClient();
        stalled.send("0000000d 00000000 00000001 00002000" + "ab".repeat(5000));

        assertEquals(BAD_PARAMETER, stalled.read(4));
        assertTrue(stalled.isClosedByPeer());
    }

    @Test
    void aBlobThatStallsWhileTheTpmRunsEndsItsConnection() throws Exception {
        daemon = InProcessDaemon.start(directory, SHORT);
        Wire ctrl = newClient();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        ctrl.send("0000000d 00000000 00000001 00002000" + "ab".repeat(5000));

        assertEquals(BAD_PARAMETER, ctrl.read(4));
        assertTrue(ctrl.isClosedByPeer());
    }

    @Test
    void aBlobThatARunningTpmRefusesIsReadToItsEnd() throws Exception {
        daemon = InProcessDaemon.start(directory);
        Wire ctrl = newClient();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));

        assertEquals(BAD_ORDINAL, StateBlobs.set(ctrl, StateBlobs.PERMANENT, 0, "ab".repeat(512 * 1024)));
        assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
    }

    @Test
    void dataToHashThatStallIsAnsweredWithAnError() throws Exception {
        daemon = InProcessDaemon.start(directory, SHORT);
        Wire ctrl = newClient();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, ctrl.ask("00000006", 4));
        ctrl.send("00000007 00010000" + "5a".repeat(4096));

        assertEquals(IO_ERROR, ctrl.read(4));
    }
}
