package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.BAD_ORDINAL;
import static org.jswtpm.server.ControlChannelContract.BAD_PARAMETER;
import static org.jswtpm.server.ControlChannelContract.EC_EPHEMERAL;
import static org.jswtpm.server.ControlChannelContract.GET_RANDOM_4;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.STARTUP_CLEAR;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.jswtpm.server.StateBlobs.DECRYPTED;
import static org.jswtpm.server.StateBlobs.PERMANENT;
import static org.jswtpm.server.StateBlobs.SAVE_STATE;
import static org.jswtpm.server.StateBlobs.VOLATILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client can rely on that stores, fetches and sets the state, whoever made the daemon. */
abstract class StateBlobContract {
    static final String STORE_VOLATILE = "0000000a";
    static final String INIT_DELETE_VOLATILE = "00000002 00000001";
    static final String RETRY = "00000800";
    static final String NOT_STARTED = "00000100";

    @TempDir
    Path directory;

    @AutoClose
    private DaemonUnderTest daemon;

    @AutoClose
    private Wire ctrl;

    @AutoClose
    private Wire data;

    private Path volatileFile;

    abstract DaemonUnderTest start(Path stateDirectory) throws IOException;

    @BeforeEach
    void startTpm() throws Exception {
        daemon = start(directory);
        volatileFile = directory.resolve("tpm2-00.volatilestate");
        ctrl = daemon.connect();
        data = ctrl.setDataFd();
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, data.codeOf(STARTUP_CLEAR));
    }

    Wire ctrl() {
        return ctrl;
    }

    Wire data() {
        return data;
    }

    @Test
    void announcesItsRequests() throws Exception {
        int blobs = 1 << 6 | 1 << 8 | 1 << 9;
        int announced = Integer.parseInt(ctrl.ask("00000001", 8).substring(8), 16);
        assertEquals(blobs, announced & blobs);
    }

    @Test
    void storesAndGoesOnFromThereUntilTheFileIsDeleted() throws Exception {
        assertEquals(SUCCESS, ctrl.ask(STORE_VOLATILE, 4));
        assertTrue(Files.exists(volatileFile));

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
        assertTrue(Files.exists(volatileFile));

        assertEquals(SUCCESS, ctrl.ask(INIT_DELETE_VOLATILE, 4));
        assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
        assertFalse(Files.exists(volatileFile));

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(NOT_STARTED, data.codeOf(GET_RANDOM_4));
    }

    @Test
    void givesAllOctetsFromTheOffsetOn() throws Exception {
        String whole = StateBlobs.get(ctrl, PERMANENT);
        assertEquals("0201000a0004%08x0004".formatted(whole.length() / 2), whole.substring(0, 24));
        assertEquals(
                8,
                StateBlobs.get(ctrl, PERMANENT, DECRYPTED, whole.length() / 2 - 4)
                        .octets()
                        .length());
        assertEquals(
                new StateBlobs.Blob(SUCCESS, 0, ""), StateBlobs.get(ctrl, PERMANENT, DECRYPTED, whole.length() / 2));
        assertEquals(new StateBlobs.Blob(SUCCESS, 0, ""), StateBlobs.get(ctrl, PERMANENT, DECRYPTED, -1));
    }

    @Test
    void fetchesTheVolatileStateAndLeavesNoFile() throws Exception {
        assertEquals(SUCCESS, ctrl.ask(STORE_VOLATILE, 4));
        assertEquals("0201000a0004", StateBlobs.get(ctrl, VOLATILE).substring(0, 12));
        assertFalse(Files.exists(volatileFile));
        assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
    }

    @Test
    void saysWhereThereIsNoBlob() throws Exception {
        assertEquals(new StateBlobs.Blob(RETRY, 0, ""), StateBlobs.get(ctrl, SAVE_STATE, DECRYPTED, 0));
        assertEquals(SUCCESS, data.codeOf(GET_RANDOM_4));
    }

    @Test
    void goesOnFromTheBlobsThatWereSet() throws Exception {
        String permanent = StateBlobs.get(ctrl, PERMANENT);
        String running = StateBlobs.get(ctrl, VOLATILE);
        String next = data.command(EC_EPHEMERAL);
        assertNotEquals(next, data.command(EC_EPHEMERAL));

        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertEquals(SUCCESS, StateBlobs.set(ctrl, PERMANENT, 0, permanent));
        assertEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, running));
        assertEquals(SUCCESS, ctrl.ask(INIT_DELETE_VOLATILE, 4));
        assertEquals(next, data.command(EC_EPHEMERAL));

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(NOT_STARTED, data.codeOf(GET_RANDOM_4), "the blobs are used once");
    }

    @Test
    void takesBackWhatWasSet() throws Exception {
        String running = StateBlobs.get(ctrl, VOLATILE);
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, running));
        assertEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, "0201000a00000000000a"));
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(NOT_STARTED, data.codeOf(GET_RANDOM_4));
    }

    @Test
    void refusesWhatIsNoBlobOfItsTpm() throws Exception {
        String permanent = StateBlobs.get(ctrl, PERMANENT);
        String running = StateBlobs.get(ctrl, VOLATILE);
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));

        assertEquals(BAD_PARAMETER, StateBlobs.set(ctrl, 4, 0, permanent));
        assertEquals(BAD_PARAMETER, StateBlobs.set(ctrl, PERMANENT, 0, "0201"));
        assertNotEquals(SUCCESS, StateBlobs.set(ctrl, PERMANENT, 0, running));
        assertNotEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, permanent));
        assertNotEquals(SUCCESS, StateBlobs.set(ctrl, SAVE_STATE, 0, running));
        String damaged = running.substring(0, 1000) + "ff".repeat(4) + running.substring(1008);
        assertNotEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, damaged));
        assertEquals("0000000d", StateBlobs.set(ctrl, VOLATILE, StateBlobs.ENCRYPTED, running), "TPM_KEYNOTFOUND");
        assertEquals(BAD_PARAMETER, ctrl.ask("0000000d 00000000 00000001 00000001 0102", 4));

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(NOT_STARTED, data.codeOf(GET_RANDOM_4));
    }

    @Test
    void refusesAVolatileStateOfAnotherTpm() throws Exception {
        String running = StateBlobs.get(ctrl, VOLATILE);
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        Files.delete(directory.resolve("tpm2-00.permall"));
        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertNotEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, running));
    }

    @Test
    void fetchesFromARunningTpmAndSetsAStoppedOne() throws Exception {
        assertEquals(BAD_ORDINAL, ctrl.ask("0000000d 00000000 00000001 00000002 0102", 4));
        assertEquals(BAD_PARAMETER, ctrl.ask(STORE_VOLATILE + "00", 4));
        assertEquals(SUCCESS, ctrl.ask(STOP, 4));
        assertEquals(BAD_ORDINAL, ctrl.ask("0000000c 00000001 00000001 00000000", 4));
        assertEquals(BAD_ORDINAL, ctrl.ask(STORE_VOLATILE, 4));
    }
}
