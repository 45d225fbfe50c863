package org.jswtpm.server.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.ReceivedDescriptor;
import org.junit.jupiter.api.Test;

class AdaptivePollTest {
    private final AdaptivePoll poll = new AdaptivePoll();
    private final ByteBuffer target = ByteBuffer.allocateDirect(16);

    /** A peer whose octets come at once, or only to those who sleep; it counts how it was asked. */
    private static final class Peer implements Connection {
        private final boolean quick;
        private int asleep;
        private int awake;

        Peer(boolean quick) {
            this.quick = quick;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            asleep++;
            // a sleeper is woken late: longer than it takes to ask once
            long start = System.nanoTime();
            while (System.nanoTime() - start < 30_000) {
                Thread.onSpinWait();
            }
            return 1;
        }

        @Override
        public int readNow(ByteBuffer buffer) {
            awake++;
            return quick ? 1 : 0;
        }

        @Override
        public void write(ByteBuffer source) {
            source.position(source.limit());
        }

        @Override
        public ReceivedDescriptor takeDescriptor() {
            return null;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private void read(Peer peer, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            poll.answering();
            assertEquals(1, poll.read(peer, target));
        }
    }

    @Test
    void staysAwakeWhereThatIsQuicker() throws IOException {
        Peer peer = new Peer(true);
        read(peer, 640);

        boolean alone = Runtime.getRuntime().availableProcessors() < 2;
        assertTrue(alone || peer.awake > 400, peer.awake + " awake, " + peer.asleep + " asleep");
    }

    @Test
    void sleepsWhereStayingAwakeIsInVain() throws IOException {
        Peer peer = new Peer(false);
        read(peer, 640);
        int sleptSoFar = peer.asleep;
        int askedSoFar = peer.awake;
        // a round has three trials, so of the reads behind them none asks at all
        int silent = 0;
        for (int i = 0; i < 64; i++) {
            int before = peer.awake;
            read(peer, 1);
            silent += peer.awake == before ? 1 : 0;
        }

        assertEquals(sleptSoFar + 64, peer.asleep);
        assertTrue(askedSoFar == 0 || silent >= 60, silent + " of 64 reads slept at once");
    }
}
