package org.jswtpm.engine;

/** The family of TPM specifications that a {@link Tpm} follows. */
public enum TpmVersion {
    /** TPM 1.2, "TPM Main Specification" level 2 revision 116. */
    TPM_1_2,
    /** TPM 2.0, "Trusted Platform Module Library", family "2.0". */
    TPM_2_0
}
