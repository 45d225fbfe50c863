package org.jswtpm.server.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * A connection over a Unix socket, over which descriptors can come.
 *
 * <p>They are asked for only where they can be wanted, by {@link #receive}; a plain read has the kernel throw away what came
 * with its octets. How many there are is looked up before, since the library leaves open for ever what does not fit into
 * its buffer, and nobody is told the numbers. So the octets have to be waited for without taking them.
 */
final class UnixConnection implements Connection {
    /** CMD_SET_DATAFD is its code alone: a longer message brings no descriptor that anybody wants. */
    private static final int LONGEST_WITH_DESCRIPTOR = 4;

    private static final long RETRY_NANOS = 1_000_000;

    /** Whoever connects sends its first request at once, or goes at once, most of the time before a selector is made. */
    private static final int LOOKS = 3;

    private static final long LOOK_NANOS = 100_000;
    /** Between looks while no selector can be made. */
    private static final long SCARCE_LOOK_NANOS = 10_000_000;

    private final AFUNIXSocketChannel channel;
    private boolean blocking = true;
    private int looks;
    private ArrivingDescriptors descriptors;

    /** The three are null before the first {@link #receive}. */
    private InputStream input;

    private Selector selector;
    private SelectionKey key;

    UnixConnection(AFUNIXSocketChannel channel) {
        this.channel = channel;
        channel.setAncillaryReceiveBufferSize(0);
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
    public int receive(ByteBuffer target) throws IOException {
        if (input == null) {
            setBlocking(false);
            input = channel.socket().getInputStream();
            descriptors = new ArrivingDescriptors(channel);
        }
        int here = input.available();
        while (here == 0) {
            if (!isReadable()) {
                continue;
            }
            here = input.available();
            if (here == 0) {
                // readable without an octet: it is the end
                return channel.read(target);
            }
        }
        if (here > LONGEST_WITH_DESCRIPTOR) {
            return channel.read(target);
        }
        int limit = target.limit();
        // what comes meanwhile may bring more descriptors than were counted
        target.limit(Math.min(limit, target.position() + here));
        try {
            return descriptors.receive(target);
        } finally {
            target.limit(limit);
        }
    }

    /** Waits until octets are there, or the end; false if it has to be asked again. */
    private boolean isReadable() throws IOException {
        if (looks < LOOKS) {
            looks++;
            if (channel.socket().checkConnectionClosed()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            return input.available() > 0;
        }
        if (selector == null && !openSelector()) {
            LockSupport.parkNanos(SCARCE_LOOK_NANOS);
            return input.available() > 0 || channel.socket().checkConnectionClosed();
        }
        if (!key.isValid()) {
            // the library's word for a client that has hung up; it would not wake up for this one any more
            return true;
        }
        try {
            selector.select();
            return !key.isValid() || key.isReadable();
        } catch (IOException e) {
            if (!channel.isOpen()) {
                throw e;
            }
            // a signal
            LockSupport.parkNanos(RETRY_NANOS);
            return false;
        }
    }

    /** False where there is no descriptor for it, which is no reason to lose a client. */
    private boolean openSelector() throws IOException {
        try {
            selector = channel.provider().openSelector();
        } catch (IOException e) {
            return false;
        }
        key = channel.register(selector, SelectionKey.OP_READ);
        return true;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        setBlocking(true);
        while (source.hasRemaining()) {
            channel.write(source);
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
    public ReceivedDescriptor takeDescriptor() {
        return descriptors == null ? null : descriptors.take();
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
            if (descriptors != null) {
                descriptors.close();
            }
            if (selector != null) {
                selector.close();
            }
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
