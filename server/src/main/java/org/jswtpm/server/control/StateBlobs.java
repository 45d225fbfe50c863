package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jswtpm.server.control.Patience.Progress;
import org.jswtpm.server.data.Wiping;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.platform.StateBlob;

/** CMD_GET_STATEBLOB and CMD_SET_STATEBLOB of one client: their blobs are longer than a request and an answer in one piece. */
final class StateBlobs {
    /** swtpm takes no longer ones. */
    private static final int MAX_BLOB = 512 * 1024;

    private static final int DECRYPTED = 1;
    private static final int ENCRYPTED = 2;
    private static final int SAVE_STATE = 3;

    private final Platform platform;
    private final Exchange exchange;
    private final BlobBudget.Share share;
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
    StateBlobs(Platform platform, Exchange exchange, BlobBudget budget, ByteBuffer request, ByteBuffer answer) {
        this.platform = platform;
        this.exchange = exchange;
        this.share = budget.share(exchange);
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
        byte[] octets = blob.octets();
        try {
            share.take(octets.length);
            if (type == SAVE_STATE) {
                // before the answer: what the client asks for next may take the storage back
                platform.releaseStorage();
            }
            answer.clear().putInt(blob.result()).putInt(blob.isEncrypted() ? ENCRYPTED : 0);
            sendFrom(octets, (int) Math.min(offset, octets.length));
        } finally {
            Arrays.fill(octets, (byte) 0);
            Wiping.wipe(answer.clear());
            share.giveBack();
        }
    }

    private void sendFrom(byte[] octets, int offset) throws IOException {
        int start = offset;
        answer.putInt(octets.length - start).putInt(octets.length - start);
        Progress progress = exchange.transfer();
        do {
            int count = Math.min(answer.remaining(), octets.length - start);
            exchange.send(answer.put(octets, start, count).flip(), progress);
            start += count;
            answer.clear();
        } while (start < octets.length);
    }

    /**
     * Answers CMD_SET_STATEBLOB, whose body is in the request as far as it has come. A blob that is not wanted is read all the
     * same, so that the next request is found behind it, but not kept; one that is too long is not, so the connection ends.
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
        if (platform.isRunning()) {
            return skip((int) length);
        }
        try (ArrivingBlob blob = new ArrivingBlob((int) length, share)) {
            if (!read(blob)) {
                send(ResultCode.BAD_PARAMETER);
                return Outcome.CLOSE;
            }
            if (!platform.isRunning() && !platform.lockForState()) {
                send(ResultCode.IO_ERROR);
                return Outcome.END_PROCESS;
            }
            send(length == 0 ? ResultCode.BAD_PARAMETER : platform.setState(type, blob.octets(), encrypted));
            return Outcome.GO_ON;
        } finally {
            Wiping.wipe(request.clear());
        }
    }

    /** Fills {@code blob} from the request and from the connection; false if that ends, or is too slow. */
    private boolean read(ArrivingBlob blob) throws IOException {
        Progress progress = exchange.transfer();
        blob.add(request);
        while (blob.missing() > 0) {
            request.clear().limit(Math.min(blob.missing(), request.capacity()));
            if (!exchange.awaitMore(request, progress)) {
                return false;
            }
            blob.add(request.flip());
        }
        return true;
    }

    /** Reads and forgets the blob of a request that a running TPM refuses. */
    private Outcome skip(int length) throws IOException {
        Progress progress = exchange.transfer();
        try {
            int rest = length - request.remaining();
            while (rest > 0) {
                request.clear().limit(Math.min(rest, request.capacity()));
                if (!exchange.awaitMore(request, progress)) {
                    send(ResultCode.BAD_PARAMETER);
                    return Outcome.CLOSE;
                }
                rest -= request.position();
            }
        } finally {
            Wiping.wipe(request.clear());
        }
        send(ResultCode.BAD_ORDINAL);
        return Outcome.GO_ON;
    }

    private void send(int result) throws IOException {
        exchange.send(answer.clear().putInt(result).flip());
    }
}
