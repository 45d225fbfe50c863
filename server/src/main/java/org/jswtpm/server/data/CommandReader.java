package org.jswtpm.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.socket.Connection;

/**
 * Cuts the stream of a data connection into TPM commands, by the size in their header. Pieces are put together, and a
 * command that came behind another one is the next.
 *
 * <p>A command whose rest does not come, that is larger than the TPM takes, or that brings more than it announces, is handed
 * out as it is: the TPM answers it with TPM_RC_COMMAND_SIZE, as swtpm does. What follows the pause, or the surplus, is a
 * new command.
 *
 * <pre>
 *  TCG prefix, if the stream does not begin with a command's tag:
 *   0        4   5          9
 *  | 00000008 | locality | size | command
 * </pre>
 */
final class CommandReader {
    private static final int PREFIX = 9;
    private static final int HEADER = 10;

    /** How long the rest of a command may be silent; a lost TCP segment is sent again sooner. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private static final long STEP_NANOS = 200_000;

    /** So much nonsense in a row is no guest's, such as that of /dev/zero, and is answered a thousand times a second. */
    private static final int MUCH_NONSENSE = 1000;

    private static final long NONSENSE_NANOS = 1_000_000;

    private final Connection connection;
    private final ByteBuffer buffer;
    private final int maxCommand;
    private int prefixLocality = -1;
    private int nonsense;

    /** @param buffer which is this reader's as long as it is used; as long as {@link #bufferSize} says */
    CommandReader(Connection connection, ByteBuffer buffer) {
        this.connection = connection;
        this.buffer = buffer.clear();
        this.maxCommand = buffer.capacity() - PREFIX;
    }

    /** The size of a buffer for commands up to {@code maxCommand}, which is the largest that the TPM takes. */
    static int bufferSize(int maxCommand) {
        return PREFIX + maxCommand;
    }

    /** The next command; null at the end of the stream. */
    byte[] next() throws IOException {
        while (buffer.position() < HEADER) {
            if (connection.read(buffer) < 0) {
                return null;
            }
        }
        int start = prefixSize();
        prefixLocality = start == 0 ? -1 : buffer.get(4) & 0xff;
        if (!await(start + HEADER)) {
            return cut(start, buffer.position());
        }
        if (CommandStart.isTag(buffer, start)) {
            nonsense = 0;
        } else if (++nonsense > MUCH_NONSENSE) {
            LockSupport.parkNanos(NONSENSE_NANOS);
        }
        long end = start + (buffer.getInt(start + 2) & 0xffff_ffffL);
        if (end < start + HEADER) {
            // no size that a command can have: what is here cannot be told apart
            return cut(start, buffer.position());
        }
        if (end > start + maxCommand) {
            byte[] head = copy(start, start + HEADER);
            drain(end);
            return head;
        }
        if (!await((int) end)) {
            return cut(start, buffer.position());
        }
        return CommandStart.mayBeAt(buffer, (int) end) ? cut(start, (int) end) : withSurplus(start);
    }

    /** The locality in the TCG prefix of the last command; -1 where it had none. */
    int prefixLocality() {
        return prefixLocality;
    }

    private int prefixSize() {
        return CommandStart.isPrefix(buffer) ? PREFIX : 0;
    }

    /** Waits until {@code count} octets are here; false if they do not come. */
    private boolean await(int count) throws IOException {
        long silentSince = System.nanoTime();
        while (buffer.position() < count) {
            int read = connection.readNow(buffer);
            if (read > 0) {
                silentSince = System.nanoTime();
            } else if (read < 0 || System.nanoTime() - silentSince > PAUSE_NANOS) {
                return false;
            } else {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
        return true;
    }

    /** All that is here, with a size that is not that of its header; what did not fit in is thrown away. */
    private byte[] withSurplus(int start) throws IOException {
        boolean more = !buffer.hasRemaining();
        byte[] command = cut(start, buffer.position());
        while (more) {
            more = connection.readNow(buffer) > 0 && !buffer.hasRemaining();
            discard(buffer.position());
        }
        return command;
    }

    /** Throws away what belongs to a command that ends at {@code end}, as far as it comes. */
    private void drain(long end) throws IOException {
        long rest = end;
        while (rest > buffer.position()) {
            rest -= buffer.position();
            discard(buffer.position());
            if (!await(1)) {
                return;
            }
        }
        discard(CommandStart.mayBeAt(buffer, (int) rest) ? (int) rest : buffer.position());
    }

    private byte[] cut(int start, int end) {
        byte[] command = copy(start, end);
        discard(end);
        return command;
    }

    private byte[] copy(int start, int end) {
        byte[] command = new byte[Math.max(0, end - start)];
        buffer.get(start, command);
        return command;
    }

    private void discard(int count) {
        int end = buffer.position();
        buffer.flip().position(count);
        buffer.compact();
        Wiping.wipe(buffer, buffer.position(), end);
    }
}
