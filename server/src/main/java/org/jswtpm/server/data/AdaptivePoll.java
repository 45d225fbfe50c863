package org.jswtpm.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jswtpm.server.socket.Connection;

/**
 * Reads without going to sleep at once: most of a short command's round trip is the time it takes to wake a sleeping
 * thread. A client that sends commands one after the other is awaited awake for some microseconds; one that does not is
 * asked ever more seldom, and an idle TPM costs nothing.
 */
final class AdaptivePoll {
    private static final long AWAKE_NANOS = 80_000;
    private static final int MISSES_BEFORE_REST = 8;
    private static final int REST = 32;

    private final boolean alone = Runtime.getRuntime().availableProcessors() < 2;
    private int misses;

    /** As {@link Connection#read}. */
    int read(Connection connection, ByteBuffer target) throws IOException {
        if (alone) {
            return connection.read(target);
        }
        if (misses < MISSES_BEFORE_REST || misses % REST == 0) {
            long start = System.nanoTime();
            do {
                int count = connection.readNow(target);
                if (count != 0) {
                    misses = 0;
                    return count;
                }
                Thread.onSpinWait();
            } while (System.nanoTime() - start < AWAKE_NANOS);
        }
        misses = misses == Integer.MAX_VALUE ? MISSES_BEFORE_REST : misses + 1;
        return connection.read(target);
    }
}
