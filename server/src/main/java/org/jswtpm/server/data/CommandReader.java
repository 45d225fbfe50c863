package org.jswtpm.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.socket.Connection;

/**
 * Cuts the stream of a data connection into TPM commands, by the size in their header. Pieces are put together, and what
 * came behind a command begins the next one.
 *
 * <p>A command whose rest does not come, or that is larger than the TPM takes, is handed out cut off: the TPM answers it
 * with TPM_RC_COMMAND_SIZE, as swtpm does. What follows the pause is a new command.
 *
 * <pre>
 *  TCG prefix, if the stream does not begin with a command's tag:
 *   0        4   5          9
 *  | 00000008 | locality | size | command
 * </pre>
 */
final class CommandReader {
    private static final int PREFIX = 9;
    private static final int PREFIX_CODE = 8;
    private static final int HEADER = 10;
    private static final int TAG_NO_SESSIONS = 0x8001;
    private static final int TAG_SESSIONS = 0x8002;

    /** How long the rest of a command may be silent; a lost TCP segment is sent again sooner. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private static final long STEP_NANOS = 200_000;

    private final Connection connection;
    private final int maxCommand;
    private final ByteBuffer buffer;
    private int prefixLocality = -1;

    /** @param maxCommand the largest command that the TPM takes */
    CommandReader(Connection connection, int maxCommand) {
        this.connection = connection;
        this.maxCommand = maxCommand;
        this.buffer = ByteBuffer.allocateDirect(PREFIX + maxCommand);
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
        return cut(start, (int) end);
    }

    /** The locality in the TCG prefix of the last command; -1 where it had none. */
    int prefixLocality() {
        return prefixLocality;
    }

    private int prefixSize() {
        int tag = buffer.getShort(0) & 0xffff;
        boolean prefixed = tag != TAG_NO_SESSIONS && tag != TAG_SESSIONS && buffer.getInt(0) == PREFIX_CODE;
        return prefixed ? PREFIX : 0;
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

    /** Throws away what belongs to a command that ends at {@code end}, as far as it comes. */
    private void drain(long end) throws IOException {
        long rest = end;
        while (rest > buffer.position()) {
            rest -= buffer.position();
            buffer.clear();
            if (!await(1)) {
                return;
            }
        }
        discard((int) rest);
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
