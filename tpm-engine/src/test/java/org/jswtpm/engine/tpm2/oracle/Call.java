package org.jswtpm.engine.tpm2.oracle;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Makes commands. They need not succeed: what counts is how far into the TPM they get. */
final class Call {
    /** An empty password. */
    static final int PASSWORD = 0x4000_0009;

    private static final int CONTINUE_SESSION = 1;
    private static final int AUTHORIZATION_SIZE = 9;

    private Call() {}

    /** A command without authorizations. */
    static byte[] plain(int code, String parameters, int... handles) {
        return octets(code, parameters, 0, PASSWORD, handles);
    }

    /** A command of which the first {@code authorized} handles are authorized by empty passwords. */
    static byte[] authorized(int code, int authorized, String parameters, int... handles) {
        return octets(code, parameters, authorized, PASSWORD, handles);
    }

    /** A command whose first handle is authorized by {@code session}, with an empty HMAC. */
    static byte[] by(int session, int code, String parameters, int... handles) {
        return octets(code, parameters, 1, session, handles);
    }

    private static byte[] octets(int code, String parameters, int authorized, int session, int... handles) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        byte[] rest = HexFormat.of().parseHex(parameters.replace(" ", ""));
        int size = 10 + 4 * handles.length + (authorized == 0 ? 0 : 4 + AUTHORIZATION_SIZE * authorized) + rest.length;
        try {
            out.writeShort(authorized == 0 ? 0x8001 : 0x8002);
            out.writeInt(size);
            out.writeInt(code);
            for (int handle : handles) {
                out.writeInt(handle);
            }
            if (authorized != 0) {
                out.writeInt(AUTHORIZATION_SIZE * authorized);
                for (int i = 0; i < authorized; i++) {
                    out.writeInt(i == 0 ? session : PASSWORD);
                    out.writeShort(0);
                    out.writeByte(CONTINUE_SESSION);
                    out.writeShort(0);
                }
            }
            out.write(rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }
}
