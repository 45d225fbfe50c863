package org.jswtpm.server.platform;

/** The result codes of the control channel: TPM 1.2 return codes, also for a TPM 2.0 ({@code tpm_error.h}). */
public final class ResultCode {
    /** TPM_SUCCESS. */
    public static final int SUCCESS = 0;

    /** TPM_BAD_PARAMETER: a request of the wrong length, or without its descriptor. */
    public static final int BAD_PARAMETER = 0x03;

    /** TPM_FAIL: the storage cannot be locked or used. */
    public static final int FAIL = 0x09;

    /** TPM_BAD_ORDINAL: an unknown request, or one that the TPM, running or not running, cannot serve. */
    public static final int BAD_ORDINAL = 0x0A;

    /** TPM_IOERROR: a stream that ended early, or a data channel that is there already. */
    public static final int IO_ERROR = 0x1F;

    /** TPM_BAD_LOCALITY. */
    public static final int BAD_LOCALITY = 0x3D;

    /** TPM_RETRY: there is no such blob. */
    public static final int RETRY = 0x800;

    /** TPM_RC_FAILURE of a TPM 2.0, which CMD_INIT answers when the TPM does not start. */
    public static final int TPM2_FAILURE = 0x101;

    private ResultCode() {}
}
