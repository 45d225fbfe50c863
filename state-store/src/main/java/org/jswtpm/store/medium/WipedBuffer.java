package org.jswtpm.store.medium;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * What octets pass through on their way between arrays and files. The JDK would take a buffer of its own for that, which it
 * keeps for the thread, with the last state in it. This one is zero whenever it is not in use. Not thread-safe.
 */
final class WipedBuffer {
    private static final int SIZE = 16 * 1024;
    private static final byte[] ZEROS = new byte[SIZE];

    private ByteBuffer buffer; // null until it is first needed

    /** Fills {@code target} with what is in the file from {@code offset} on. */
    void read(FileChannel file, long offset, byte[] target) throws IOException {
        int filled = 0;
        while (filled < target.length) {
            ByteBuffer part = part(target.length - filled);
            try {
                int count = file.read(part, offset + filled);
                if (count < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
                part.flip().get(target, filled, count);
                filled += count;
            } finally {
                wipe();
            }
        }
    }

    /** Writes {@code contents} into the file from {@code offset} on. */
    void write(FileChannel file, long offset, byte[] contents) throws IOException {
        int written = 0;
        while (written < contents.length) {
            ByteBuffer part = part(contents.length - written);
            try {
                part.put(contents, written, part.remaining()).flip();
                while (part.hasRemaining()) {
                    written += file.write(part, offset + written);
                }
            } finally {
                wipe();
            }
        }
    }

    private ByteBuffer part(int rest) {
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(SIZE);
        }
        return buffer.clear().limit(Math.min(rest, SIZE));
    }

    /** What was used lies below the limit. */
    private void wipe() {
        buffer.put(0, ZEROS, 0, buffer.limit());
    }
}
