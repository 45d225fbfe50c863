package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jswtpm.systemtest.tpm.TpmResponse;

/** A client of the data channel: one TPM command out, one response in. */
public final class TpmChannel implements AutoCloseable {
    private static final int HEADER_SIZE = 10;
    private static final int MAX_RESPONSE_SIZE = 4096;

    private final ByteChannel channel;

    TpmChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /** A data channel over a connection. */
    public static TpmChannel over(ByteChannel channel) {
        return new TpmChannel(channel);
    }

    /** Waits for the daemon to close the connection; false if it sends something. */
    public boolean isClosed() throws IOException {
        return channel.read(ByteBuffer.allocate(1)) < 0;
    }

    /** Sends a command and waits for its response. */
    public TpmResponse transmit(byte[] command) throws IOException {
        send(command);
        return receive();
    }

    /** Sends a command only. */
    public void send(byte[] command) throws IOException {
        Wire.write(channel, command);
    }

    /** Waits for a response; an {@link java.io.EOFException} tells that the daemon has gone without one. */
    public TpmResponse receive() throws IOException {
        ByteBuffer header = Wire.read(channel, HEADER_SIZE);
        int size = header.getInt(2);
        if (size < HEADER_SIZE || size > MAX_RESPONSE_SIZE) {
            throw new AssertionError("a response of " + size + " octets");
        }
        ByteBuffer rest = Wire.read(channel, size - HEADER_SIZE);
        return new TpmResponse(ByteBuffer.allocate(size).put(header).put(rest).array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
