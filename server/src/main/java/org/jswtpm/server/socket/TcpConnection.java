package org.jswtpm.server.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection over TCP. */
final class TcpConnection implements Connection {
    private final SocketChannel channel;
    private boolean blocking = true;

    TcpConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        setBlocking(true);
        return channel.read(target);
    }

    @Override
    public int readNow(ByteBuffer target) throws IOException {
        setBlocking(false);
        return channel.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (channel.write(source) == 0) {
                setBlocking(true);
            }
        }
    }

    @Override
    public void writeNow(ByteBuffer source) throws IOException {
        setBlocking(false);
        channel.write(source);
    }

    private void setBlocking(boolean wanted) throws IOException {
        if (blocking != wanted) {
            channel.configureBlocking(wanted);
            blocking = wanted;
        }
    }

    @Override
    public void hangUp() {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // it is gone already
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
