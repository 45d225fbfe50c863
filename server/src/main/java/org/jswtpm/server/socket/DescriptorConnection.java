package org.jswtpm.server.socket;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.newsclub.net.unix.AFSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A connection over an open descriptor.
 *
 * <p>Octets go through the JDK's file channels, which call read and write without any detour: measured against the
 * socket library's own channel, a round trip is no slower and leaves no garbage. The library is needed to switch between
 * waiting and not waiting; a descriptor that is no socket always waits.
 */
final class DescriptorConnection implements Connection {
    private final FileInputStream input;
    private final FileOutputStream output;
    private final FileChannel in;
    private final FileChannel out;
    /** Closes the descriptor when it is found unreachable, so it is held as long as this connection is. */
    private final AFSocketChannel<?> socket;

    private boolean blocking;

    private DescriptorConnection(FileDescriptor descriptor, AFSocketChannel<?> socket) {
        this.input = new FileInputStream(descriptor);
        this.output = new FileOutputStream(descriptor);
        this.in = input.getChannel();
        this.out = output.getChannel();
        this.socket = socket;
    }

    static DescriptorConnection of(FileDescriptor descriptor) throws IOException {
        FileDescriptorCast cast = FileDescriptorCast.using(descriptor);
        AFSocketChannel<?> socket = null;
        if (cast.isAvailable(AFUNIXSocketChannel.class)) {
            socket = cast.as(AFUNIXSocketChannel.class);
        } else if (cast.isAvailable(AFSocketChannel.class)) {
            socket = cast.as(AFSocketChannel.class);
        }
        return over(descriptor, socket);
    }

    static DescriptorConnection of(AFSocketChannel<?> socket) throws IOException {
        return over(socket.getFileDescriptor(), socket);
    }

    private static DescriptorConnection over(FileDescriptor descriptor, AFSocketChannel<?> socket) throws IOException {
        DescriptorConnection connection = new DescriptorConnection(descriptor, socket);
        if (socket != null) {
            // the flag belongs to the open file, and may come set by the process that sent it
            socket.configureBlocking(true);
        }
        connection.blocking = true;
        return connection;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        setBlocking(true);
        return in.read(target);
    }

    @Override
    public int readNow(ByteBuffer target) throws IOException {
        setBlocking(false);
        return in.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (out.write(source) == 0) {
                setBlocking(true);
            }
        }
    }

    @Override
    public void writeNow(ByteBuffer source) throws IOException {
        setBlocking(false);
        out.write(source);
    }

    private void setBlocking(boolean wanted) throws IOException {
        if (blocking != wanted && socket != null) {
            socket.configureBlocking(wanted);
            blocking = wanted;
        }
    }

    @Override
    public void hangUp() {
        try {
            if (socket != null) {
                socket.shutdownInput();
            }
        } catch (IOException e) {
            // it is gone already
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
            input.close();
            output.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
