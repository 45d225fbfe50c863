package org.jswtpm.server.control;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What requests are read into and answers are made in, used by one client after the other: nobody can free a direct buffer. */
final class RequestBuffers {
    private final ArrayDeque<Pair> spare = new ArrayDeque<>();

    /** The buffers of one client, as large as the largest request that is taken in one piece. */
    record Pair(ByteBuffer request, ByteBuffer answer) {}

    synchronized Pair take() {
        Pair pair = spare.poll();
        return pair != null
                ? pair
                : new Pair(
                        ByteBuffer.allocateDirect(ControlClient.MAX_REQUEST),
                        ByteBuffer.allocateDirect(ControlClient.MAX_REQUEST));
    }

    synchronized void giveBack(Pair pair) {
        spare.push(pair);
    }
}
