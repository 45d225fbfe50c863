package org.jswtpm.server.platform;

import org.jswtpm.engine.StateException;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/** Responses that are nothing but a code, and the commands that a platform sends itself, as a TPM of one version knows them. */
final class Responses {
    static final int RC_SUCCESS = 0;
    /** TPM 2.0: there was no TPM2_Startup. */
    static final int RC_INITIALIZE = 0x100;

    static final int HEADER = 10;
    /** TPM 2.0. */
    static final int CC_SHUTDOWN = 0x145;

    private static final int CC_STARTUP = 0x144;
    private static final int ORD_STARTUP = 0x99;

    private static final int TAG_NO_SESSIONS = 0x8001;
    private static final int TAG_RQU_COMMAND = 0x00C1;
    private static final int TAG_RSP_COMMAND = 0x00C4;

    private static final int RC_INSUFFICIENT = 0x09A;
    private static final int RC_FAILURE = 0x101;
    private static final int RC_LOCALITY = 0x907;
    private static final int RC_RETRY = 0x922;
    private static final int RETRY = 0x800;
    private static final int BAD_PARAM_SIZE = 0x19;
    private static final int FAIL = 9;
    private static final int BAD_LOCALITY = 0x3D;

    private final boolean tpm2;

    Responses(TpmVersion version) {
        tpm2 = version == TpmVersion.TPM_2_0;
    }

    /** Whether a TPM that loses its power has to be told before: a TPM 2.0 by TPM2_Shutdown. */
    boolean hasShutdown() {
        return tpm2;
    }

    /** What CMD_INIT answers: libtpms passes on for a TPM 1.2 what is wrong with the key of a state, and nothing else of its reading. */
    int initResult(StateException e) {
        boolean keyIsWrong = !tpm2
                && e.getCause() instanceof StoreException cause
                && (cause.error() == StoreError.DECRYPT_ERROR || cause.error() == StoreError.BAD_KEY_PROPERTY);
        return keyIsWrong ? ((StoreException) e.getCause()).resultCode() : e.resultCode();
    }

    /** A response of ten octets. */
    byte[] ofCode(int responseCode) {
        return header(tpm2 ? TAG_NO_SESSIONS : TAG_RSP_COMMAND, HEADER, responseCode);
    }

    /** TPM_RC_FAILURE, TPM_FAIL. */
    byte[] failure() {
        return ofCode(tpm2 ? RC_FAILURE : FAIL);
    }

    /** TPM_RC_RETRY, TPM_RETRY: the command could not be started. */
    byte[] retry() {
        return ofCode(tpm2 ? RC_RETRY : RETRY);
    }

    /** TPM_RC_INSUFFICIENT, TPM_BAD_PARAM_SIZE. */
    byte[] tooShort() {
        return ofCode(tpm2 ? RC_INSUFFICIENT : BAD_PARAM_SIZE);
    }

    /** TPM_RC_LOCALITY, TPM_BAD_LOCALITY. */
    byte[] badLocality() {
        return ofCode(tpm2 ? RC_LOCALITY : BAD_LOCALITY);
    }

    /**
     * TPM2_Startup or TPM_Startup.
     *
     * @param type 0 for CLEAR, 1 for STATE, 2 for the DEACTIVATED of TPM 1.2, whose numbers begin with one
     */
    byte[] startup(int type) {
        return tpm2 ? command(TAG_NO_SESSIONS, CC_STARTUP, type) : command(TAG_RQU_COMMAND, ORD_STARTUP, type + 1);
    }

    /** TPM2_Shutdown with this TPM_SU. */
    static byte[] shutdown(int type) {
        return command(TAG_NO_SESSIONS, CC_SHUTDOWN, type);
    }

    private static byte[] command(int tag, int commandCode, int type) {
        byte[] command = header(tag, HEADER + 2, commandCode);
        command[HEADER] = (byte) (type >> 8);
        command[HEADER + 1] = (byte) type;
        return command;
    }

    /** The command or response code in a header. */
    static int code(byte[] message) {
        return int32(message, 6);
    }

    private static byte[] header(int tag, int size, int code) {
        byte[] header = new byte[size];
        header[0] = (byte) (tag >> 8);
        header[1] = (byte) tag;
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
