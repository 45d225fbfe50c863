package org.jswtpm.tools.setup;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What TPM2_CreatePrimary answers.
 *
 * @param handle the handle of the key
 * @param parameters its public key as swtpm_localca takes it: a modulus, or {@code x=…,y=…,id=…}
 */
record CreatedKey(int handle, String parameters) {
    private static final int ALG_NULL = 0x0010;
    private static final int HEADER = 10;

    /** Reads a response. */
    static CreatedKey of(byte[] response, KeyAlgorithm algorithm) throws SetupException {
        try {
            ByteBuffer in = ByteBuffer.wrap(response);
            in.position(HEADER);
            int handle = in.getInt();
            in.getInt(); // the size of the parameters
            in.getShort(); // the size of TPM2B_PUBLIC
            in.getShort(); // type
            in.getShort(); // name algorithm
            in.getInt(); // attributes
            sized(in); // policy
            if (in.getShort() != ALG_NULL) {
                in.getInt(); // key size and mode of the symmetric algorithm
            }
            if (in.getShort() != ALG_NULL) {
                in.getShort(); // the hash of the scheme
            }
            in.getShort(); // key size or curve
            if (algorithm.isRsa()) {
                in.getInt(); // exponent
                return new CreatedKey(handle, sized(in));
            }
            in.getShort(); // key derivation
            String x = sized(in);
            return new CreatedKey(handle, "x=" + x + ",y=" + sized(in) + ",id=" + algorithm.description());
        } catch (BufferUnderflowException e) {
            throw new SetupException("Response from TPM2_CreatePrimary is too short!");
        }
    }

    private static String sized(ByteBuffer in) {
        byte[] octets = new byte[in.getShort() & 0xffff];
        in.get(octets);
        return HexFormat.of().formatHex(octets);
    }
}
