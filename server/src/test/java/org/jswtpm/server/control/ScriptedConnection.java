package org.jswtpm.server.control;

import java.nio.ByteBuffer;
import org.jswtpm.server.socket.Connection;

/** A client that sends what it is told to, and takes so many octets and no more. */
final class ScriptedConnection implements Connection {
    private final int most;
    private int taken;
    private boolean hungUp;

    ScriptedConnection(int most) {
        this.most = most;
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException("nobody waits for this client without end");
    }

    @Override
    public int readNow(ByteBuffer target) {
        return hungUp ? -1 : 0;
    }

    @Override
    public void write(ByteBuffer source) {
        throw new UnsupportedOperationException("nobody waits for this client without end");
    }

    @Override
    public void writeNow(ByteBuffer source) {
        int count = Math.min(source.remaining(), most - taken);
        taken += count;
        source.position(source.position() + count);
    }

    @Override
    public void hangUp() {
        hungUp = true;
    }

    boolean isHungUp() {
        return hungUp;
    }

    @Override
    public void close() {
        hungUp = true;
    }
}
