package org.jswtpm.tools.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jswtpm.tools.channel.TpmChannel;
import org.jswtpm.tools.log.Reason;

/** Sends requests over a control channel: code and body, answered by a result and what belongs to it. */
public final class ControlClient {
    private static final byte[] NOTHING = {};
    /** A busy TPM answers when it has made its key. */
    private static final int SECONDS = 20;
    /** The bit of a result that leaves the answer whole: TPM_NON_FATAL. */
    private static final int NON_FATAL = 0x800;

    /** The most that one answer to PTM_GET_INFO may hold. */
    private static final int INFO_CHUNK = 3072;

    private final TpmChannel channel;

    /** @param channel a connected control channel, which stays the caller's to close */
    public ControlClient(TpmChannel channel) {
        this.channel = channel;
    }

    /** A request that is answered by its result alone. */
    public void request(ControlRequest request) throws ControlException {
        request(request, NOTHING, 0);
    }

    /**
     * A request.
     *
     * @param body what follows the code
     * @param length the octets that follow a result without error
     * @return those octets
     * @throws ControlException if there is no answer, or another result than zero
     */
    public ByteBuffer request(ControlRequest request, byte[] body, int length) throws ControlException {
        try {
            channel.write(ByteBuffer.allocate(Integer.BYTES + body.length)
                    .putInt(request.code())
                    .put(body)
                    .flip());
            int result = read(Integer.BYTES).getInt();
            boolean error = request == ControlRequest.PTM_GET_STATEBLOB ? (result & NON_FATAL) == 0 : true;
            if (result != 0 && error) {
                throw ControlException.ofResult(request, result);
            }
            return read(length);
        } catch (IOException e) {
            throw ControlException.ofTransport(request, Reason.of(e));
        }
    }

    /**
     * PTM_GET_INFO: the whole text, which comes in chunks, the last of which ends with a zero.
     *
     * @param flags what is to be told
     */
    public String info(long flags) throws ControlException {
        StringBuilder text = new StringBuilder();
        int offset = 0;
        int total;
        do {
            byte[] body = ByteBuffer.allocate(16)
                    .putLong(flags)
                    .putInt(offset)
                    .putInt(0)
                    .array();
            ByteBuffer header = request(ControlRequest.PTM_GET_INFO, body, 8);
            total = header.getInt();
            int length = header.getInt();
            if (length <= 0 || length > INFO_CHUNK) {
                throw new ControlException("TPM returned an invalid length of " + Integer.toUnsignedString(length)
                        + ", expected maximum " + INFO_CHUNK);
            }
            text.append(infoChunk(length));
            offset += length;
        } while (offset < total);
        return text.toString();
    }

    private String infoChunk(int length) throws ControlException {
        try {
            String text = new String(read(length).array(), StandardCharsets.UTF_8);
            int end = text.indexOf(0);
            return end < 0 ? text : text.substring(0, end);
        } catch (IOException e) {
            throw ControlException.ofTransport(ControlRequest.PTM_GET_INFO, Reason.of(e));
        }
    }

    /** Octets of an answer behind those that {@link #request} returned. */
    public ByteBuffer read(int length) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(length);
        if (length > 0) {
            channel.read(octets, SECONDS);
        }
        return octets.flip();
    }
}
