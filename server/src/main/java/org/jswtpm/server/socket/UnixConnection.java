package org.jswtpm.server.socket;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/** A connection over a Unix socket, over which descriptors can come. */
final class UnixConnection implements Connection {
    /**
     * Room for the descriptors of one message. One is expected; a client that sends more than 60 is cut off. The library makes
     * no larger room, whatever it is asked for, and leaves those 60 open.
     */
    private static final int ANCILLARY_SIZE = 256;

    private final AFUNIXSocketChannel channel;
    private boolean blocking = true;

    UnixConnection(AFUNIXSocketChannel channel) {
        this.channel = channel;
        channel.setAncillaryReceiveBufferSize(ANCILLARY_SIZE);
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
        setBlocking(true);
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    private void setBlocking(boolean wanted) throws IOException {
        if (blocking != wanted) {
            channel.configureBlocking(wanted);
            blocking = wanted;
        }
    }

    @Override
    public ReceivedDescriptor takeDescriptor() throws IOException {
        FileDescriptor[] received = channel.getReceivedFileDescriptors();
        if (received.length == 0) {
            return null;
        }
        // The library closes what it received together with this connection, or when it finds it unreachable;
        // a duplicate is ours alone.
        FileDescriptor ours = FileDescriptorCast.duplicating(received[0]).as(FileDescriptor.class);
        for (FileDescriptor each : received) {
            new FileOutputStream(each).close();
        }
        return new ReceivedDescriptor(ours);
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
