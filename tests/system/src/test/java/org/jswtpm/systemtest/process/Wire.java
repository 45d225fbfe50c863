package org.jswtpm.systemtest.process;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** Whole reads and writes on a blocking channel. */
final class Wire {
    private Wire() {}

    static void write(ByteChannel channel, byte[] octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Exactly {@code length} octets, or an {@link EOFException} if the peer closes before. */
    static ByteBuffer read(ByteChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("closed after " + buffer.position() + " of " + length + " octets");
            }
        }
        return buffer.flip();
    }
}
