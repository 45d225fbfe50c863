package org.jswtpm.engine.tpm2.structure;

/** The sizes that libtpms is built with (Part 2, annex A; TpmProfile.h), in octets unless the name says otherwise. */
public final class TpmLimits {
    public static final int MAX_DIGEST_SIZE = 64;
    /** TPM2B_DATA: an algorithm identifier and a digest. */
    public static final int MAX_DATA_SIZE = 2 + MAX_DIGEST_SIZE;
    /** TPM2B_NAME: a handle, or an algorithm identifier and a digest, with the padding of the reference's union. */
    public static final int MAX_NAME_SIZE = 68;

    public static final int MAX_RSA_KEY_BYTES = 512;
    /** TPM2B_PRIVATE_KEY_RSA: five values of half the size of a key. */
    public static final int MAX_RSA_PRIVATE_SIZE = MAX_RSA_KEY_BYTES / 2 * 5;

    public static final int MAX_ECC_KEY_BYTES = 80;
    public static final int MAX_SYM_KEY_BYTES = 32;
    public static final int MAX_SYM_BLOCK_SIZE = 16;
    /** TPM2B_SENSITIVE_DATA. */
    public static final int MAX_SYM_DATA = 128;

    /** TPM2B_LABEL. */
    public static final int MAX_LABEL_SIZE = 32;

    public static final int MAX_ENCRYPTED_SECRET_SIZE = MAX_RSA_KEY_BYTES;
    public static final int MAX_PRIVATE_SIZE = 1550;
    public static final int MAX_ID_OBJECT_SIZE = 132;
    public static final int MAX_TEMPLATE_SIZE = 612;
    public static final int MAX_CONTEXT_DATA_SIZE = 2748;
    /** TPM_PT_MAX_OBJECT_CONTEXT: a context around the reference's OBJECT structure. */
    public static final int MAX_OBJECT_CONTEXT = 3404;
    /** TPM_PT_MAX_SESSION_CONTEXT: a context around the reference's SESSION structure. */
    public static final int MAX_SESSION_CONTEXT = 404;
    /** TPM2B_MAX_BUFFER and TPM2B_EVENT. */
    public static final int MAX_DIGEST_BUFFER = 1024;

    /** Transient objects that are in memory at the same time. */
    public static final int MAX_LOADED_OBJECTS = 3;
    /** Sessions that exist at the same time, loaded or saved. */
    public static final int MAX_ACTIVE_SESSIONS = 64;
    /** Octets of a hierarchy's proof. */
    public static final int PROOF_SIZE = 64;
    /** Octets of a primary seed. */
    public static final int PRIMARY_SEED_SIZE = 64;

    private TpmLimits() {}
}
