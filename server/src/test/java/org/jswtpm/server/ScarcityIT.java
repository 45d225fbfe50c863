package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.SHUTDOWN;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with little memory, and clients that want it all. */
class ScarcityIT {
    private static final String COMMAND = "80010000000c0000017b0020";
    private static final String ECHO = "80010000001700000000" + "00" + COMMAND;
    private static final String RETRY = "80010000000a00000922";
    /** That of the launchers, and their stacks. */
    private static final String[] USUAL = {"-Xmx64m", "-Xss512k"};

    @TempDir
    Path directory;

    private final List<Wire> crowd = new ArrayList<>();
    private ScriptedProcess daemon;

    @AfterEach
    void end() throws Exception {
        for (Wire each : crowd) {
            each.close();
        }
        daemon.close();
    }

    private Wire newClient() throws IOException, InterruptedException {
        Wire client = Wire.connect(daemon.ctrl());
        crowd.add(client);
        return client;
    }

    /** Sends what the daemon takes before it gives this client up. */
    private static void sendAsFarAsPossible(Wire client, String octets) {
        try {
            client.send(octets);
        } catch (IOException e) {
            // given up for another one
        }
    }

    @Test
    void theGuestIsServedWhileACrowdSendsBlobs() throws Exception {
        daemon = ScriptedProcess.start(directory, USUAL);
        Wire ctrl = newClient();
        try (Wire data = ctrl.setDataFd()) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 100; i++) {
                    sendAsFarAsPossible(newClient(), "0000000d 00000000 00000001 00080000" + "ab".repeat(400_000));
                    assertEquals(10 * 2, data.command(COMMAND).substring(0, 20).length());
                }
                // first for a TPM that is off, then for one that runs
                assertEquals(SUCCESS, ctrl.ask(INIT, 4));
                assertEquals(ECHO, data.command(COMMAND));
            }
            assertEquals(SUCCESS, ctrl.ask(SHUTDOWN, 4));
        }
        assertEquals(0, daemon.awaitEnd());
        assertEquals("", Files.readString(directory.resolve("output")));
    }

    @Test
    void aCommandForWhichThereIsNoMemoryIsNotBegun() throws Exception {
        daemon = ScriptedProcess.start(directory, USUAL);
        Wire ctrl = newClient();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(
                    "80010000000a00000000", data.command("80010000000a" + Integer.toHexString(ScriptedTpm.CC_HOARD)));
            assertEquals(RETRY, data.command(COMMAND));
            assertEquals(SUCCESS, ctrl.ask("00000005 00", 4));
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @Test
    void threadsAndDescriptorsDoNotGrowWithTheNumberOfConnections() throws Exception {
        daemon = ScriptedProcess.start(directory, USUAL);
        Wire ctrl = newClient();
        try (Wire data = ctrl.setDataFd()) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            for (int i = 0; i < 2000; i++) {
                Wire.connect(daemon.ctrl()).close();
            }
            for (int i = 0; i < 300; i++) {
                newClient().send("00");
                assertEquals(ECHO, data.command(COMMAND));
            }
            // the last of the crowd has its place, and the daemon has done with all before it
            assertEquals(SUCCESS, newClient().ask("00000005 00", 4));
            assertTrue(count(daemon.threads()) < 64 + 64 + 30, count(daemon.threads()) + " threads");
            int descriptors = count(daemon.descriptors());
            assertTrue(descriptors < 64 * 3 + 60, descriptors + " descriptors");
        }
    }

    private static int count(Path directory) throws IOException {
        try (var all = Files.newDirectoryStream(directory)) {
            int count = 0;
            for (Path each : all) {
                count += each.isAbsolute() ? 1 : 0;
            }
            return count;
        }
    }
}
