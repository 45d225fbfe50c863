package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jswtpm.server.data.Wiping;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.platform.StateBlob;
import org.jswtpm.server.socket.Connection;

/** CMD_GET_STATEBLOB and CMD_SET_STATEBLOB of one client: their blobs are longer than a request and an answer in one piece. */
final class StateBlobs {
    /** swtpm takes no longer ones. */
    private static final int MAX_BLOB = 512 * 1024;

    private static final int DECRYPTED = 1;
    private static final int ENCRYPTED = 2;
    private static final int SAVE_STATE = 3;

    private final Platform platform;
    private final Connection connection;
    private final ByteBuffer request;
    private final ByteBuffer answer;

    /** What becomes of the connection, and of the process. */
    enum Outcome {
        GO_ON,
        CLOSE,
        END_PROCESS
    }

    /**
     * @param request where the client's octets are read into
     * @param answer where answers are made
     */
    StateBlobs(Platform platform, Connection connection, ByteBuffer request, ByteBuffer answer) {
        this.platform = platform;
        this.connection = connection;
        this.request = request;
        this.answer = answer;
    }

    /**
     * Answers CMD_GET_STATEBLOB, whose body is in the request: result, flags, the length twice, all octets from the offset on.
     * With the saved state, which QEMU asks for last, the storage is given up.
     */
    void get() throws IOException {
        boolean decrypted = (request.getInt() & DECRYPTED) != 0;
        int type = request.getInt();
        long offset = request.getInt() & 0xffff_ffffL;
        StateBlob blob = platform.state(type, decrypted);
        if (blob.result() == ResultCode.BAD_ORDINAL) {
            send(ResultCode.BAD_ORDINAL);
            return;
        }
        if (type == SAVE_STATE) {
            // before the answer: what the client asks for next may take the storage back
            platform.releaseStorage();
        }
        byte[] octets = blob.octets();
        int start = (int) Math.min(offset, octets.length);
        int length = octets.length - start;
        answer.clear().putInt(blob.result()).putInt(blob.isEncrypted() ? ENCRYPTED : 0);
        answer.putInt(length).putInt(length);
        try {
            do {
                int count = Math.min(answer.remaining(), octets.length - start);
                connection.write(answer.put(octets, start, count).flip());
                start += count;
                answer.clear();
            } while (start < octets.length);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Wiping.wipe(answer.clear());
        }
    }

    /**
     * Answers CMD_SET_STATEBLOB, whose body is in the request as far as it has come. A blob that is not wanted is read all the
     * same, so that the next request is found behind it; one that is too long is not, so the connection ends.
     */
    Outcome set() throws IOException {
        boolean encrypted = (request.getInt() & ENCRYPTED) != 0;
        int type = request.getInt();
        long length = request.getInt() & 0xffff_ffffL;
        if (length > MAX_BLOB) {
            send(ResultCode.FAIL);
            return Outcome.CLOSE;
        }
        if (request.remaining() > length) {
            send(ResultCode.BAD_PARAMETER);
            return Outcome.GO_ON;
        }
        byte[] blob = new byte[(int) length];
        try {
            if (!read(blob)) {
                send(ResultCode.BAD_PARAMETER);
                return Outcome.CLOSE;
            }
            if (!platform.isRunning() && !platform.lockForState()) {
                send(ResultCode.IO_ERROR);
                return Outcome.END_PROCESS;
            }
            boolean isNothing = blob.length == 0 && !platform.isRunning();
            send(isNothing ? ResultCode.BAD_PARAMETER : platform.setState(type, blob, encrypted));
            return Outcome.GO_ON;
        } finally {
            Arrays.fill(blob, (byte) 0);
            Wiping.wipe(request.clear());
        }
    }

    /** Fills {@code target} from the request and, without a time limit, from the connection; false if that ends. */
    private boolean read(byte[] target) throws IOException {
        int filled = 0;
        while (true) {
            int count = request.remaining();
            request.get(target, filled, count);
            filled += count;
            if (filled == target.length) {
                return true;
            }
            request.clear().limit(Math.min(target.length - filled, request.capacity()));
            if (connection.read(request) < 0) {
                return false;
            }
            request.flip();
        }
    }

    private void send(int result) throws IOException {
        connection.write(answer.clear().putInt(result).flip());
    }
}
