package org.jswtpm.server.data;

import java.nio.ByteBuffer;

/** Overwrites what passed through a buffer. */
public final class Wiping {
    private static final byte[] ZEROS = new byte[1024];

    private Wiping() {}

    /** All that {@code sent} held before it was emptied, from its beginning to its limit. */
    public static void wipe(ByteBuffer sent) {
        wipe(sent, 0, sent.limit());
    }

    /** The octets from {@code start} to {@code end}; they have to lie before its limit. */
    static void wipe(ByteBuffer buffer, int start, int end) {
        for (int at = start; at < end; at += ZEROS.length) {
            buffer.put(at, ZEROS, 0, Math.min(ZEROS.length, end - at));
        }
    }
}
