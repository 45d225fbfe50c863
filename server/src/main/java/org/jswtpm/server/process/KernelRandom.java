package org.jswtpm.server.process;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The kernel's random octets. /dev/urandom is read directly, since java.security would load providers for the same
 * octets; where there is none, as in a new root, getrandom(2) is called.
 */
public final class KernelRandom {
    /** getrandom(2) gives so many octets at once without fail. */
    private static final int MAX_CALL = 256;

    /** What is read goes through it, and is wiped: an array would pass through the stack, where it stays. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_CALL);

    private SystemCall getrandom;

    /**
     * Fills {@code target}.
     *
     * @throws UncheckedIOException if there is no entropy; a TPM must not go on then
     */
    public synchronized void fill(byte[] target) {
        try {
            if (Device.CHANNEL == null) {
                call(target);
            } else {
                read(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(byte[] target) throws IOException {
        int filled = 0;
        while (filled < target.length) {
            int count = Device.CHANNEL.read(buffer.clear().limit(Math.min(MAX_CALL, target.length - filled)));
            if (count < 0) {
                throw new EOFException("/dev/urandom");
            }
            buffer.flip().get(target, filled, count);
            filled += count;
        }
        buffer.clear().put(0, new byte[MAX_CALL]);
    }

    private void call(byte[] target) throws IOException {
        if (getrandom == null) {
            getrandom = SystemCall.of("getrandom", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocate(MAX_CALL);
            int filled = 0;
            while (filled < target.length) {
                int count = (int) getrandom.call(octets, (long) Math.min(MAX_CALL, target.length - filled), 0);
                MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, 0, target, filled, count);
                filled += count;
            }
            octets.fill((byte) 0);
        }
    }

    /** One descriptor for all TPMs of the process, opened by the first that needs it, and for good. */
    private static final class Device {
        /** Null where there is none. */
        static final FileChannel CHANNEL = open();

        private static FileChannel open() {
            try {
                return new FileInputStream("/dev/urandom").getChannel();
            } catch (FileNotFoundException e) {
                return null;
            }
        }
    }
}
