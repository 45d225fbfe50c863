package org.jswtpm.tools.ioctl;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jswtpm.tools.channel.TpmChannel;

/** Sends requests over a control channel: code and body, answered by a result and what belongs to it. */
final class ControlClient {
    private static final byte[] NOTHING = {};
    /** A busy TPM answers when it has made its key. */
    private static final int SECONDS = 20;
    /** The bit of a result that leaves the answer whole: TPM_NON_FATAL. */
    private static final int NON_FATAL = 0x800;

    private final TpmChannel channel;

    ControlClient(TpmChannel channel) {
        this.channel = channel;
    }

    /** A request that is answered by its result alone. */
    void request(ControlRequest request) throws ControlException {
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
    ByteBuffer request(ControlRequest request, byte[] body, int length) throws ControlException {
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
            throw ControlException.ofTransport(request, e.getMessage());
        }
    }

    /** Octets of an answer behind those that {@link #request} returned. */
    ByteBuffer read(int length) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(length);
        if (length > 0) {
            channel.read(octets, SECONDS);
        }
        return octets.flip();
    }
}
