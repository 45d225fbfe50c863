package org.jswtpm.systemtest.tpm;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A TPM 2.0 response (Part 1, 18.4): header, handle, parameters. */
public final class TpmResponse {
    private static final int TPM_ST_SESSIONS = 0x8002;
    private static final int HEADER_SIZE = 10;

    private final byte[] octets;

    /** A response of at least a header. */
    public TpmResponse(byte[] octets) {
        if (octets.length < HEADER_SIZE) {
            throw new AssertionError("no TPM response: " + HexFormat.of().formatHex(octets));
        }
        this.octets = octets.clone();
    }

    /** The response code. */
    public int code() {
        return ByteBuffer.wrap(octets).getInt(6);
    }

    /** This response, if its code is TPM_RC_SUCCESS; otherwise the test fails. */
    public TpmResponse requireSuccess() {
        if (code() != 0) {
            throw new AssertionError("TPM_RC 0x" + Integer.toHexString(code()));
        }
        return this;
    }

    /** The handle of a command that returns one. */
    public int handle() {
        return ByteBuffer.wrap(octets).getInt(HEADER_SIZE);
    }

    /**
     * The response parameters.
     *
     * @param handles how many handles stand before them
     */
    public ByteBuffer parameters(int handles) {
        int parameterSize = ByteBuffer.wrap(octets).getShort(0) == (short) TPM_ST_SESSIONS ? 4 : 0;
        int start = HEADER_SIZE + 4 * handles + parameterSize;
        return ByteBuffer.wrap(octets, start, octets.length - start).slice();
    }

    /** Reads a TPM2B_: a 16-bit size and that many octets. */
    public static byte[] sized(ByteBuffer parameters) {
        byte[] octets = new byte[Short.toUnsignedInt(parameters.getShort())];
        parameters.get(octets);
        return octets;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
