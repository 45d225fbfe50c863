package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract with the engine, and what is better here. */
class StateBlobTest extends StateBlobContract {
    private static final String FAIL = "00000009";
    private static final String GET_RANDOM_32 = "8001 0000000c 0000017b 0020";

    @Override
    DaemonUnderTest start(Path stateDirectory) throws IOException {
        return InProcessDaemon.startEngine(stateDirectory);
    }

    /** As a snapshot of a machine that is reverted to again and again; swtpm gives the same each time. */
    @Test
    void drawsOtherRandomOctetsEachTimeABlobIsSet() throws Exception {
        String permanent = StateBlobs.get(ctrl(), StateBlobs.PERMANENT);
        String running = StateBlobs.get(ctrl(), StateBlobs.VOLATILE);
        Set<String> drawn = new HashSet<>();
        drawn.add(data().command(GET_RANDOM_32));
        for (int i = 0; i < 3; i++) {
            assertEquals(SUCCESS, ctrl().ask(STOP, 4));
            assertEquals(SUCCESS, StateBlobs.set(ctrl(), StateBlobs.PERMANENT, 0, permanent));
            assertEquals(SUCCESS, StateBlobs.set(ctrl(), StateBlobs.VOLATILE, 0, running));
            assertEquals(SUCCESS, ctrl().ask(INIT, 4));
            drawn.add(data().command(GET_RANDOM_32));
        }
        assertEquals(4, drawn.size());
    }

    /** CMD_INIT leaves the file there, so that a TPM can go on from it more than once. */
    @Test
    void drawsOtherRandomOctetsEachTimeItGoesOnFromTheStoredState() throws Exception {
        assertEquals(SUCCESS, ctrl().ask(STORE_VOLATILE, 4));
        Set<String> drawn = new HashSet<>();
        drawn.add(data().command(GET_RANDOM_32));
        for (int i = 0; i < 3; i++) {
            assertEquals(SUCCESS, ctrl().ask(INIT, 4));
            drawn.add(data().command(GET_RANDOM_32));
        }
        assertEquals(4, drawn.size());
    }

    @Test
    void announcesAllRequestsOfATpm2() throws Exception {
        assertEquals(SUCCESS + "0001ffff", ctrl().ask("00000001", 8));
    }

    /** As swtpm since 0.8; before, it said that there is no such blob. */
    @Test
    void knowsThreeTypesOfBlobs() throws Exception {
        assertEquals(new StateBlobs.Blob(FAIL, 0, ""), StateBlobs.get(ctrl(), 4, StateBlobs.DECRYPTED, 0));
    }

    /** As swtpm after 0.11; until then it took back what was set before. */
    @Test
    void refusesABlobOfNoOctets() throws Exception {
        assertEquals("0000000a", StateBlobs.set(ctrl(), StateBlobs.VOLATILE, 0, ""), "while the TPM runs");
        assertEquals(SUCCESS, ctrl().ask(ControlChannelContract.STOP, 4));
        for (int type = StateBlobs.PERMANENT; type <= StateBlobs.SAVE_STATE; type++) {
            assertEquals("00000003", StateBlobs.set(ctrl(), type, 0, ""));
        }
        assertEquals(SUCCESS, ctrl().ask("00000002 00000000", 4));
    }

    @Test
    void givesThePermanentStateAlthoughItsFileIsGone() throws Exception {
        String before = StateBlobs.get(ctrl(), StateBlobs.PERMANENT);
        Files.delete(directory.resolve("tpm2-00.permall"));
        assertEquals(before, StateBlobs.get(ctrl(), StateBlobs.PERMANENT));
        assertTrue(Files.readString(directory.resolve("log")).contains("tpm2-00.permall is gone"));
        assertEquals(before, HexFormat.of().formatHex(migrationBlob(directory.resolve("tpm2-00.permall"))));
    }

    /** A blob has one more item around that of the file; what is inside is the same. */
    private static byte[] migrationBlob(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        return ByteBuffer.allocate(octets.length + 6)
                .put(octets, 0, 4)
                .putShort((short) 4)
                .putInt(octets.length + 6)
                .putShort((short) 4)
                .putInt(octets.length - 10)
                .put(octets, 10, octets.length - 10)
                .array();
    }

    /** Without it, the volatile state would be that of nobody at the next start. */
    @Test
    void writesThePermanentStateAgainBesideTheVolatileOne() throws Exception {
        byte[] before = Files.readAllBytes(directory.resolve("tpm2-00.permall"));
        Files.delete(directory.resolve("tpm2-00.permall"));
        assertEquals(SUCCESS, ctrl().ask(STORE_VOLATILE, 4));
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("tpm2-00.permall")));
        StateBlobs.get(ctrl(), StateBlobs.SAVE_STATE, StateBlobs.DECRYPTED, 0);
        Files.delete(directory.resolve("tpm2-00.permall"));
        StateBlobs.get(ctrl(), StateBlobs.PERMANENT);
        assertFalse(Files.exists(directory.resolve("tpm2-00.permall")), "the storage may be another's by now");
    }

    @Test
    void readsALongBlobThatItRefuses() throws Exception {
        String blob = "0d".repeat(100_000);
        assertEquals("0000000a", StateBlobs.set(ctrl(), StateBlobs.PERMANENT, 0, blob), "the TPM runs");
        assertEquals(SUCCESS, ctrl().ask(STOP, 4));
        assertEquals("00000003", StateBlobs.set(ctrl(), StateBlobs.PERMANENT, 0, blob));
        assertEquals(SUCCESS, ctrl().ask(STOP, 4));
    }

    @Test
    void hangsUpBehindABlobThatIsTooLong() throws Exception {
        ctrl().send("0000000d 00000000 00000001 00080001" + "00".repeat(4088));
        assertEquals(FAIL, ctrl().read(4));
        assertTrue(ctrl().isClosedByPeer());
    }

    @Test
    void logsNoOctetOfABlob() throws Exception {
        String running = StateBlobs.get(ctrl(), StateBlobs.VOLATILE);
        assertEquals(SUCCESS, ctrl().ask(STOP, 4));
        assertEquals(SUCCESS, StateBlobs.set(ctrl(), StateBlobs.VOLATILE, 0, running));
        String log = Files.readString(directory.resolve("log"));
        assertTrue(log.contains("00 00 00 0D 00 00 00 00 00 00 00 02"), log);
        assertFalse(log.contains("45 63 78 89"), log);
    }
}
