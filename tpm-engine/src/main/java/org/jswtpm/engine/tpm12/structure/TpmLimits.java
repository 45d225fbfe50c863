package org.jswtpm.engine.tpm12.structure;

/** How much of everything there is, as libtpms is built. */
public final class TpmLimits {
    /** Octets of a TPM_DIGEST. */
    public static final int DIGEST_SIZE = 20;
    /** Octets of a TPM_NONCE. */
    public static final int NONCE_SIZE = 20;
    /** Octets of a TPM_AUTHDATA and of a TPM_SECRET. */
    public static final int AUTHDATA_SIZE = 20;

    /** What a size field in a command may say at most (TPM_ALLOC_MAX); more is TPM_SIZE. */
    public static final int ALLOC_MAX = 0x20000;

    public static final int BUFFER_MAX = 4096;
    public static final int BUFFER_MIN = 3072;

    public static final int PCR_COUNT = 24;
    public static final int RSA_KEY_LENGTH_MAX = 2048;
    public static final int KEY_HANDLES = 20;
    public static final int OWNER_EVICT_KEY_HANDLES = 10;
    public static final int AUTH_SESSIONS = 16;
    public static final int TRANSPORT_SESSIONS = 16;
    public static final int DAA_SESSIONS = 2;
    public static final int SESSION_LIST = 128;
    public static final int COUNTERS = 8;
    public static final int FAMILY_ROWS = 16;
    public static final int DELEGATE_ROWS = 4;

    /** The largest permanent state. */
    public static final int MAX_NV_SPACE = 38_644;
    /** The largest list of NV areas in the permanent state. */
    public static final int MAX_NV_DEFINED_SIZE = 2048 + 26 * 1024;

    /** TPM_MAX_NV_WRITE_NOOWNER: writes to NV before there is an owner. */
    public static final int MAX_NV_WRITE_NOOWNER = 64;

    private TpmLimits() {}
}
