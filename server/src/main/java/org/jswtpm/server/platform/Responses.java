package org.jswtpm.server.platform;

/** TPM 2.0 responses that are nothing but a code, and the two commands that a platform sends itself. */
final class Responses {
    static final int RC_SUCCESS = 0;
    static final int RC_INSUFFICIENT = 0x09A;
    static final int RC_INITIALIZE = 0x100;
    static final int RC_FAILURE = 0x101;
    static final int RC_LOCALITY = 0x907;

    static final int HEADER = 10;
    static final int CC_STARTUP = 0x144;
    static final int CC_SHUTDOWN = 0x145;

    private static final int TAG_NO_SESSIONS = 0x8001;

    private Responses() {}

    /** A response of ten octets. */
    static byte[] ofCode(int responseCode) {
        return header(HEADER, responseCode);
    }

    /** TPM2_Startup or TPM2_Shutdown with this TPM_SU. */
    static byte[] command(int commandCode, int startupType) {
        byte[] command = header(HEADER + 2, commandCode);
        command[HEADER] = (byte) (startupType >> 8);
        command[HEADER + 1] = (byte) startupType;
        return command;
    }

    /** The command or response code in a header. */
    static int code(byte[] message) {
        return int32(message, 6);
    }

    private static byte[] header(int size, int code) {
        byte[] header = new byte[size];
        header[0] = (byte) (TAG_NO_SESSIONS >> 8);
        header[1] = (byte) TAG_NO_SESSIONS;
        putInt32(header, 2, size);
        putInt32(header, 6, code);
        return header;
    }

    private static void putInt32(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 24);
        target[at + 1] = (byte) (value >> 16);
        target[at + 2] = (byte) (value >> 8);
        target[at + 3] = (byte) value;
    }

    private static int int32(byte[] source, int at) {
        return source[at] << 24 | (source[at + 1] & 0xff) << 16 | (source[at + 2] & 0xff) << 8 | source[at + 3] & 0xff;
    }
}
