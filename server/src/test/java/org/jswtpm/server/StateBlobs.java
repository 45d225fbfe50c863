package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/** What a client does with CMD_GET_STATEBLOB and CMD_SET_STATEBLOB, as QEMU does it. */
final class StateBlobs {
    static final int PERMANENT = 1;
    static final int VOLATILE = 2;
    static final int SAVE_STATE = 3;
    static final int DECRYPTED = 1;
    static final int ENCRYPTED = 2;

    private StateBlobs() {}

    /**
     * The answer to CMD_GET_STATEBLOB.
     *
     * @param result in hexadecimal
     * @param flags of the answer
     * @param octets in hexadecimal
     */
    record Blob(String result, int flags, String octets) {}

    static Blob get(Wire ctrl, int type, int flags, int offset) throws IOException {
        String header = ctrl.ask("0000000c %08x %08x %08x".formatted(flags, type, offset), 16);
        int length = Integer.parseInt(header.substring(24), 16);
        assertEquals(length, Integer.parseInt(header.substring(16, 24), 16), "QEMU wants both lengths to be the same");
        return new Blob(header.substring(0, 8), Integer.parseInt(header.substring(8, 16), 16), ctrl.read(length));
    }

    /** A blob that is there, as QEMU asks for it: decrypted. */
    static String get(Wire ctrl, int type) throws IOException {
        Blob blob = get(ctrl, type, DECRYPTED, 0);
        assertEquals(ControlChannelContract.SUCCESS, blob.result);
        assertEquals(0, blob.flags);
        return blob.octets;
    }

    static String set(Wire ctrl, int type, int flags, String octets) throws IOException {
        ctrl.send("0000000d %08x %08x %08x".formatted(flags, type, octets.length() / 2));
        return ctrl.ask(octets, 4);
    }

    /** Moves the TPM behind {@code source} to the one behind {@code target}, in QEMU's order of requests. */
    static void migrate(Wire source, Wire target) throws IOException {
        String permanent = get(source, PERMANENT);
        String running = get(source, VOLATILE);
        assertEquals("00000800", get(source, SAVE_STATE, DECRYPTED, 0).result);
        assertEquals(ControlChannelContract.SUCCESS, target.ask(ControlChannelContract.STOP, 4));
        assertEquals(ControlChannelContract.SUCCESS, set(target, PERMANENT, 0, permanent));
        assertEquals(ControlChannelContract.SUCCESS, set(target, VOLATILE, 0, running));
        assertEquals(ControlChannelContract.SUCCESS, target.ask("00000002 00000001", 4));
    }
}
