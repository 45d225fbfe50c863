package org.jswtpm.engine.tpm2.structure;

/** Public areas as the TCG publishes them (EK Credential Profile for TPM 2.0, revision 2.6, annex B), in hexadecimal. */
public final class Templates {
    /** PolicySecret(TPM_RH_ENDORSEMENT), SHA-256. */
    private static final String POLICY = "0020 837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";

    /** Template L-1. */
    public static final String EK_RSA_2048 =
            "0001 000b 000300b2" + POLICY + "0006 0080 0043 0010 0800 00000000 0100" + "00".repeat(256);

    /** Template L-2. */
    public static final String EK_ECC_P256 = "0023 000b 000300b2" + POLICY + "0006 0080 0043 0010 0003 0010 0020"
            + "00".repeat(32) + "0020" + "00".repeat(32);

    private Templates() {}
}
