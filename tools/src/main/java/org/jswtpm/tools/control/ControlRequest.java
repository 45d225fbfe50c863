package org.jswtpm.tools.control;

/** The requests of the control channel, by their names and codes in {@code tpm_ioctl.h}. */
public enum ControlRequest {
    PTM_GET_CAPABILITY(0x01),
    PTM_INIT(0x02),
    PTM_SHUTDOWN(0x03),
    PTM_GET_TPMESTABLISHED(0x04),
    PTM_SET_LOCALITY(0x05),
    PTM_HASH_START(0x06),
    PTM_HASH_DATA(0x07),
    PTM_HASH_END(0x08),
    PTM_CANCEL_TPM_CMD(0x09),
    PTM_STORE_VOLATILE(0x0A),
    PTM_RESET_TPMESTABLISHED(0x0B),
    PTM_GET_STATEBLOB(0x0C),
    PTM_SET_STATEBLOB(0x0D),
    PTM_STOP(0x0E),
    PTM_GET_CONFIG(0x0F),
    PTM_SET_BUFFERSIZE(0x11),
    PTM_GET_INFO(0x12),
    PTM_LOCK_STORAGE(0x13);

    private final int code;

    ControlRequest(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
