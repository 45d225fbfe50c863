package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.control.Patience.Progress;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.ReceivedDescriptor;

/**
 * The octets that go to and from one client, which is given up when it stalls. One thread uses it; {@link #giveUp} and
 * {@link #lastHeard} may come from another one.
 */
final class Exchange {
    private static final long SHORTEST_PAUSE_NANOS = 250_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Connection connection;
    private final Patience patience;
    private volatile Thread user;
    private volatile boolean givenUp;
    private volatile long lastHeard = System.nanoTime();

    Exchange(Connection connection, Patience patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** When octets moved last, or the client came. */
    long lastHeard() {
        return lastHeard;
    }

    /** Waits for the first octets of a request, as long as it takes; false if the client goes instead. */
    boolean awaitRequest(ByteBuffer target) throws IOException {
        user = Thread.currentThread();
        boolean here = connection.receive(target) > 0 && !givenUp;
        lastHeard = System.nanoTime();
        return here;
    }

    /** The time that the request has whose first octets are here. */
    Progress request() {
        return patience.ofRequest(lastHeard);
    }

    /** The time that something longer has which begins now. */
    Progress transfer() {
        return patience.ofTransfer(System.nanoTime());
    }

    /** Waits for more octets; false if the client goes, is given up or takes too long. */
    boolean awaitMore(ByteBuffer target, Progress progress) throws IOException {
        long pause = SHORTEST_PAUSE_NANOS;
        while (!givenUp) {
            int count = connection.readNow(target);
            if (count < 0) {
                return false;
            }
            if (count > 0) {
                moved(count, progress);
                return true;
            }
            if (progress.isOver(System.nanoTime())) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
        return false;
    }

    /**
     * Sends all that is in {@code source}.
     *
     * @throws IOException if the client goes, is given up or takes too long
     */
    void send(ByteBuffer source, Progress progress) throws IOException {
        long pause = SHORTEST_PAUSE_NANOS;
        while (source.hasRemaining()) {
            int before = source.remaining();
            connection.writeNow(source);
            int count = before - source.remaining();
            if (count > 0) {
                moved(count, progress);
                pause = SHORTEST_PAUSE_NANOS;
            } else if (givenUp || progress.isOver(System.nanoTime())) {
                throw new IOException("it does not read its answer");
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** {@link #send(ByteBuffer, Progress)}, for an answer in one piece. */
    void send(ByteBuffer source) throws IOException {
        send(source, transfer());
    }

    private void moved(int count, Progress progress) {
        lastHeard = System.nanoTime();
        progress.moved(count, lastHeard);
    }

    ReceivedDescriptor takeDescriptor() {
        return connection.takeDescriptor();
    }

    /** Has the thread that uses it end. */
    void giveUp() {
        givenUp = true;
        connection.hangUp();
        LockSupport.unpark(user);
    }

    void close() {
        connection.close();
    }
}
