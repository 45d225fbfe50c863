package org.jswtpm.systemtest.tpm;

import java.nio.ByteBuffer;

/** Writes one command: handles, then the password sessions if any, then the parameters. */
final class CommandOctets {
    private static final int HEADER_SIZE = 10;
    private static final short TPM_ST_NO_SESSIONS = (short) 0x8001;
    private static final short TPM_ST_SESSIONS = (short) 0x8002;
    private static final int TPM_RS_PW = 0x40000009;

    private final ByteBuffer buffer = ByteBuffer.allocate(4096);

    CommandOctets(int commandCode) {
        this(TPM_ST_NO_SESSIONS, commandCode);
    }

    CommandOctets(short tag, int commandCode) {
        buffer.putShort(tag).putInt(0).putInt(commandCode);
    }

    CommandOctets u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    CommandOctets u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    CommandOctets u32(int value) {
        buffer.putInt(value);
        return this;
    }

    CommandOctets raw(byte[] octets) {
        buffer.put(octets);
        return this;
    }

    /** A TPM2B_: size and octets. */
    CommandOctets sized(byte[] octets) {
        return u16(octets.length).raw(octets);
    }

    /** The authorization area with one password session (Part 1, 19.4). */
    CommandOctets password(byte[] auth) {
        buffer.putShort(0, TPM_ST_SESSIONS);
        return u32(9 + auth.length).u32(TPM_RS_PW).u16(0).u8(0).sized(auth);
    }

    /** The octets written after the header. */
    byte[] body() {
        byte[] body = new byte[buffer.position() - HEADER_SIZE];
        buffer.get(HEADER_SIZE, body);
        return body;
    }

    /** The whole command with its size. */
    byte[] command() {
        buffer.putInt(2, buffer.position());
        byte[] command = new byte[buffer.position()];
        buffer.get(0, command);
        return command;
    }
}
