package org.jswtpm.engine.tpm2.selftest;

/**
 * Whether the TPM works, and what has gone wrong if it does not (Part 1, 12.3 and 12.4).
 *
 * <p>In failure mode a TPM answers nothing but TPM2_GetTestResult and a little of TPM2_GetCapability.
 */
public final class SelfTests {
    /** FATAL_ERROR_INTERNAL of libtpms. */
    public static final int FATAL_ERROR_INTERNAL = 3;

    private boolean failed;
    private int failureCode;

    /** _TPM_Init: all that went wrong is forgotten. */
    public void powerOn() {
        failed = false;
        failureCode = 0;
    }

    /** Enters the failure mode; the first reason counts. */
    public void fail(int code) {
        if (!failed) {
            failed = true;
            failureCode = code;
        }
    }

    /** Whether the TPM is in failure mode. */
    public boolean isFailed() {
        return failed;
    }

    /** Why it is, as a number of libtpms' FatalError.h; 0 if it is not. */
    public int failureCode() {
        return failureCode;
    }
}
