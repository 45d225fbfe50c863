package org.jswtpm.distribution;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A TPM 2.0 command in octets (Part 1, 18): handles, an empty password for each of them that asks for one, parameters. */
final class TpmCommand {
    private static final int TPM_ST_NO_SESSIONS = 0x8001;
    private static final int TPM_ST_SESSIONS = 0x8002;
    private static final int TPM_RS_PW = 0x40000009;
    private static final int HEADER = 10;

    private final int code;
    private final ByteArrayOutputStream handles = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sessions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream parameters = new ByteArrayOutputStream();

    TpmCommand(int code) {
        this.code = code;
    }

    TpmCommand handle(int handle) {
        putInt(handles, handle);
        return this;
    }

    /** A handle authorized by the empty password. */
    TpmCommand authorized(int handle) {
        putInt(sessions, TPM_RS_PW);
        putShort(sessions, 0);
        sessions.write(1);
        putShort(sessions, 0);
        return handle(handle);
    }

    TpmCommand uint8(int value) {
        parameters.write(value);
        return this;
    }

    TpmCommand uint16(int value) {
        putShort(parameters, value);
        return this;
    }

    TpmCommand uint32(int value) {
        putInt(parameters, value);
        return this;
    }

    TpmCommand octets(byte[] value) {
        parameters.writeBytes(value);
        return this;
    }

    /** A TPM2B. */
    TpmCommand sized(byte[] value) {
        return uint16(value.length).octets(value);
    }

    /** The parameters alone, for a structure inside another one. */
    byte[] body() {
        return parameters.toByteArray();
    }

    byte[] toBytes() {
        boolean plain = sessions.size() == 0;
        int size = HEADER + handles.size() + (plain ? 0 : Integer.BYTES + sessions.size()) + parameters.size();
        ByteBuffer command = ByteBuffer.allocate(size);
        command.putShort((short) (plain ? TPM_ST_NO_SESSIONS : TPM_ST_SESSIONS));
        command.putInt(size).putInt(code).put(handles.toByteArray());
        if (!plain) {
            command.putInt(sessions.size()).put(sessions.toByteArray());
        }
        return command.put(parameters.toByteArray()).array();
    }

    private static void putShort(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static void putInt(ByteArrayOutputStream out, int value) {
        putShort(out, value >>> 16);
        putShort(out, value);
    }
}
