package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What recvmsg took from a Unix socket: with room for as many descriptors as one message can have, so that each is known
 * and can be closed.
 *
 * <pre>
 *  struct msghdr   0          8         16     24       32        40            48
 *                 | address | length | iovec | count | control | its length | flags |
 *  struct iovec    0          8
 *                 | address | length |
 *  struct cmsghdr  0        8       12      16
 *                 | length | level | type | descriptors, then padding to 8 octets |
 * </pre>
 *
 * @param length the octets that were read
 * @param descriptors what came with them, all open
 */
public record DescriptorMessage(int length, int... descriptors) {
    /** SCM_MAX_FD. */
    private static final int MOST_DESCRIPTORS = 253;

    private static final int MESSAGE_SIZE = 56;
    private static final int MESSAGE_VECTOR = 16;
    private static final int MESSAGE_VECTOR_COUNT = 24;
    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_LENGTH = 40;
    private static final int VECTOR_SIZE = 16;
    private static final int HEADER_SIZE = 16;
    private static final int HEADER_TYPE = 12;
    private static final int CONTROL_SIZE = HEADER_SIZE + MOST_DESCRIPTORS * Integer.BYTES + 12;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    private static final SystemCall RECVMSG =
            SystemCall.of("recvmsg", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    /** Reads what has arrived, and fits into {@code target}, from a socket. */
    public static DescriptorMessage receive(int socket, ByteBuffer target) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocate(target.remaining());
            MemorySegment vector = arena.allocate(VECTOR_SIZE, Long.BYTES);
            vector.set(ValueLayout.ADDRESS, 0, octets);
            vector.set(ValueLayout.JAVA_LONG, Long.BYTES, octets.byteSize());
            MemorySegment control = arena.allocate(CONTROL_SIZE, Long.BYTES);
            MemorySegment message = arena.allocate(MESSAGE_SIZE, Long.BYTES);
            message.set(ValueLayout.ADDRESS, MESSAGE_VECTOR, vector);
            message.set(ValueLayout.JAVA_LONG, MESSAGE_VECTOR_COUNT, 1);
            message.set(ValueLayout.ADDRESS, MESSAGE_CONTROL, control);
            message.set(ValueLayout.JAVA_LONG, MESSAGE_CONTROL_LENGTH, CONTROL_SIZE);
            int length = (int) RECVMSG.call(socket, message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            target.put(octets.asSlice(0, length).asByteBuffer());
            return new DescriptorMessage(
                    length,
                    descriptors(control.asSlice(0, message.get(ValueLayout.JAVA_LONG, MESSAGE_CONTROL_LENGTH))));
        }
    }

    private static int[] descriptors(MemorySegment control) {
        int[] found = new int[MOST_DESCRIPTORS];
        int count = 0;
        long at = 0;
        while (at + HEADER_SIZE <= control.byteSize()) {
            long length = control.get(ValueLayout.JAVA_LONG, at);
            long end = Math.min(at + length, control.byteSize());
            if (control.get(ValueLayout.JAVA_INT, at + HEADER_TYPE) == SCM_RIGHTS) {
                for (long each = at + HEADER_SIZE; each + Integer.BYTES <= end; each += Integer.BYTES) {
                    found[count++] = control.get(ValueLayout.JAVA_INT, each);
                }
            }
            at += length + Long.BYTES - 1 & -Long.BYTES;
        }
        return Arrays.copyOf(found, count);
    }
}
