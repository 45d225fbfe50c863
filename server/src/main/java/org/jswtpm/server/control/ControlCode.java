package org.jswtpm.server.control;

/** The requests of {@code tpm_ioctl.h}: code, least size of the body, and what the body and the TPM have to be. */
enum ControlCode {
    GET_CAPABILITY(0x01, 0, Rule.NONE),
    INIT(0x02, 4, Rule.EXACT),
    SHUTDOWN(0x03, 0, Rule.EXACT),
    GET_TPM_ESTABLISHED(0x04, 0, Rule.EXACT | Rule.RUNNING),
    SET_LOCALITY(0x05, 1, Rule.NONE),
    HASH_START(0x06, 0, Rule.EXACT | Rule.RUNNING),
    HASH_DATA(0x07, 4, Rule.RUNNING),
    HASH_END(0x08, 0, Rule.EXACT | Rule.RUNNING),
    CANCEL_TPM_CMD(0x09, 0, Rule.EXACT | Rule.RUNNING),
    STORE_VOLATILE(0x0A, 0, Rule.EXACT | Rule.RUNNING),
    RESET_TPM_ESTABLISHED(0x0B, 1, Rule.RUNNING),
    /** Flags, type, offset. */
    GET_STATE_BLOB(0x0C, 12, Rule.RUNNING),
    /** Flags, type, length; the blob follows. */
    SET_STATE_BLOB(0x0D, 12, Rule.NONE),
    STOP(0x0E, 0, Rule.EXACT),
    GET_CONFIG(0x0F, 0, Rule.EXACT),
    SET_DATA_FD(0x10, 0, Rule.NONE),
    SET_BUFFER_SIZE(0x11, 4, Rule.NONE),
    GET_INFO(0x12, 16, Rule.NONE),
    LOCK_STORAGE(0x13, 4, Rule.NONE),
    /** Whatever else comes. */
    UNKNOWN(0, 0, Rule.NONE);

    /**
     * What GET_CAPABILITY announces, the bits of {@code tpm_ioctl.h}: all requests of a TPM 2.0, and that a command may come
     * behind a header of the TCG (SEND_COMMAND_HEADER).
     */
    static final int CAPABILITIES = 0x1_FFFF;

    /** Of {@link #CAPABILITIES}: what a TPM 1.2 does not have. */
    static final int SEND_COMMAND_HEADER = 0x8000;

    private static final ControlCode[] ALL = values();

    private final int code;
    private final int bodySize;
    private final int rules;

    ControlCode(int code, int bodySize, int rules) {
        this.code = code;
        this.bodySize = bodySize;
        this.rules = rules;
    }

    /** The request with this code. */
    static ControlCode of(int code) {
        for (ControlCode each : ALL) {
            if (each.code == code) {
                return each;
            }
        }
        return UNKNOWN;
    }

    /** The octets that have to follow the code. */
    int bodySize() {
        return bodySize;
    }

    /** Whether a longer body is refused. */
    boolean isExact() {
        return (rules & Rule.EXACT) != 0;
    }

    /** Whether the TPM has to run. */
    boolean needsRunningTpm() {
        return (rules & Rule.RUNNING) != 0;
    }

    private static final class Rule {
        static final int NONE = 0;
        static final int EXACT = 1;
        static final int RUNNING = 2;
    }
}
