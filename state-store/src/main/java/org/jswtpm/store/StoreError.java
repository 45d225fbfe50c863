package org.jswtpm.store;

/** Why a store refuses, as the TPM result code that swtpm answers in the same case ({@code tpm_error.h}). */
public enum StoreError {
    /** TPM_BAD_PARAMETER: a header that does not fit its file. */
    BAD_PARAMETER(0x03),
    /** TPM_FAIL: input/output, locks, contents that break the format. */
    FAIL(0x09),
    /** TPM_KEYNOTFOUND: the blob is encrypted and there is no key. */
    KEYNOTFOUND(0x0D),
    /** TPM_SIZE: no room, or above a limit. */
    SIZE(0x17),
    /** TPM_DECRYPT_ERROR: the wrong key, or damage. */
    DECRYPT_ERROR(0x21),
    /** TPM_BAD_KEY_PROPERTY: a key of another length is needed. */
    BAD_KEY_PROPERTY(0x28),
    /** TPM_BAD_DATASIZE: the header has another size. */
    BAD_DATASIZE(0x2B),
    /** TPM_BAD_VERSION: written by a newer program. */
    BAD_VERSION(0x2E);

    private final int resultCode;

    StoreError(int resultCode) {
        this.resultCode = resultCode;
    }

    /** The result code on the wire; never 0. */
    public int resultCode() {
        return resultCode;
    }
}
