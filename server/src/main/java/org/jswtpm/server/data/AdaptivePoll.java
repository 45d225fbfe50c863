package org.jswtpm.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jswtpm.server.socket.Connection;

/**
 * Reads the next command either awake, asking again and again for a short while, or asleep until the kernel wakes us.
 *
 * <p>On a quiet machine most of a short command's round trip is the time it takes to wake a sleeping thread, and staying
 * awake halves it. On a busy one the client needs the very processor that we would stay awake on. So both are tried, and
 * the one after which the next command comes sooner is kept; the other one is tried again now and then. An idle TPM
 * sleeps either way.
 */
final class AdaptivePoll {
    private static final long AWAKE_NANOS = 80_000;
    /** A client that thinks longer tells nothing about waking. */
    private static final long MAX_GAP_NANOS = 400_000;

    private static final int ROUND = 64;
    private static final int TRIALS = 3;
    private static final int WEIGHT = 16;

    private final boolean alone = Runtime.getRuntime().availableProcessors() < 2;
    /** Running averages of the nanoseconds from our answer, its sending included, to the next command. */
    private long gapAwake;

    private long gapAsleep = AWAKE_NANOS;
    private int reads;
    private long answeredAt;

    /**
     * An answer is about to be sent. To send it counts, since it is there that the kernel wakes the client, at once if
     * it may have this processor, and at some cost if it gets another one.
     */
    void answering() {
        answeredAt = System.nanoTime();
    }

    /** As {@link Connection#read}. */
    int read(Connection connection, ByteBuffer target) throws IOException {
        if (alone) {
            return connection.read(target);
        }
        reads = (reads + 1) % ROUND;
        boolean awake = gapAwake < gapAsleep == reads >= TRIALS;
        long start = System.nanoTime();
        int count = awake ? readAwake(connection, target, start) : connection.read(target);
        long gap = System.nanoTime() - answeredAt;
        if (gap < MAX_GAP_NANOS) {
            if (awake) {
                gapAwake += (gap - gapAwake) / WEIGHT;
            } else {
                gapAsleep += (gap - gapAsleep) / WEIGHT;
            }
        }
        return count;
    }

    private static int readAwake(Connection connection, ByteBuffer target, long start) throws IOException {
        do {
            int count = connection.readNow(target);
            if (count != 0) {
                return count;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < AWAKE_NANOS);
        return connection.read(target);
    }
}
