package org.jswtpm.server.socket;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.log.Log;

/** The clients of a listening socket, one after the other. */
public final class Clients {
    private static final long RETRY_NANOS = 100_000_000;

    /** Whoever connects without end gets no more of the processor than so many connections a second take. */
    private static final long NANOS_PER_CLIENT = 1_000_000_000 / 4000;

    /** As many may come at once. */
    private static final int AT_ONCE = 128;

    private final Listener listener;
    private final Log log;
    private long nextDue = System.nanoTime();

    /** Those that connect to {@code listener}. */
    public Clients(Listener listener, Log log) {
        this.listener = listener;
        this.log = log;
    }

    /**
     * The next client, waiting for it. A failure, such as too many open files, is told once and then waited out: it must
     * not take a TPM that is in use away.
     *
     * @return null once the socket listens no more
     */
    public Connection next() {
        boolean told = false;
        awaitTurn();
        while (true) {
            try {
                return listener.accept();
            } catch (IOException | OutOfMemoryError e) {
                if (!listener.isOpen()) {
                    return null;
                }
                if (!told) {
                    log.fail("Error: A client could not be accepted: " + reason(e));
                    told = true;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof IOException e ? FailureReason.of(e) : "there is no memory for it";
    }

    private void awaitTurn() {
        long now = System.nanoTime();
        nextDue = Math.max(nextDue - now, -(AT_ONCE * NANOS_PER_CLIENT)) + now + NANOS_PER_CLIENT;
        if (nextDue - now > 0) {
            LockSupport.parkNanos(nextDue - now);
        }
    }
}
