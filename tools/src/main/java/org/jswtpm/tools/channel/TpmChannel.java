package org.jswtpm.tools.channel;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A connected channel, used by one thread. */
public final class TpmChannel implements AutoCloseable {
    private final ByteChannel channel;

    TpmChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /** Sends all that remains in {@code octets}. */
    public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    /**
     * Fills {@code target}.
     *
     * @param seconds how long to wait for all of it
     * @throws EOFException if the other side closes the channel before
     * @throws SocketTimeoutException if the time is over; the channel is closed then
     */
    public void read(ByteBuffer target, int seconds) throws IOException {
        try (Deadline deadline = Deadline.start(channel, seconds)) {
            while (target.hasRemaining()) {
                read(target, deadline);
            }
        }
    }

    /**
     * Reads what one read of the system gives, as clients of a device do.
     *
     * @return the number of octets, at least one
     */
    public int readSome(ByteBuffer target, int seconds) throws IOException {
        try (Deadline deadline = Deadline.start(channel, seconds)) {
            return read(target, deadline);
        }
    }

    private int read(ByteBuffer target, Deadline deadline) throws IOException {
        int count;
        try {
            count = channel.read(target);
        } catch (IOException e) {
            throw deadline.isOver() ? new SocketTimeoutException("Connection timed out") : e;
        }
        if (count < 0) {
            throw new EOFException("Connection closed by the TPM");
        }
        return count;
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
