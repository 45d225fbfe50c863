package org.jswtpm.engine.tpm2.selftest;

import org.jswtpm.engine.crypto.Cancellation;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/**
 * Whether the TPM works, and what has gone wrong if it does not (Part 1, 12.3 and 12.4).
 *
 * <p>In failure mode a TPM answers nothing but TPM2_GetTestResult and a little of TPM2_GetCapability.
 */
public final class SelfTests {
    /** FATAL_ERROR_INTERNAL of libtpms. */
    public static final int FATAL_ERROR_INTERNAL = 3;

    /** FATAL_ERROR_SELF_TEST of libtpms. */
    private static final int FATAL_ERROR_SELF_TEST = 6;

    /** What libtpms tests; the other algorithms are tested with these. */
    private static final long TESTABLE = bits(
            AlgId.TDES,
            AlgId.SHA1,
            AlgId.AES,
            AlgId.SHA256,
            AlgId.SHA384,
            AlgId.SHA512,
            AlgId.RSASSA,
            AlgId.RSAES,
            AlgId.RSAPSS,
            AlgId.OAEP,
            AlgId.ECDSA,
            AlgId.ECDH,
            AlgId.ECSCHNORR,
            AlgId.KDF1_SP800_108,
            AlgId.CAMELLIA,
            AlgId.CFB);

    private long untested = TESTABLE;
    private boolean failed;
    private int failureCode;

    /** _TPM_Init: all that went wrong is forgotten, and nothing is tested. */
    public void powerOn() {
        failed = false;
        failureCode = 0;
        untested = TESTABLE;
    }

    /**
     * Tests algorithms that are still to be tested; one that fails takes the TPM into failure mode. A TPM that is asked to
     * cancel stops between two of them.
     *
     * @param algorithms bit n stands for the n-th {@link AlgId}
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_CANCELED
     */
    public void test(long algorithms, RandomSource random, Cancellation cancellation) {
        for (AlgId algorithm : AlgId.values()) {
            long bit = 1L << algorithm.ordinal();
            if ((algorithms & untested & bit) == 0) {
                continue;
            }
            TpmRc.check(!cancellation.isRequested(), TpmRc.CANCELED);
            if (!KnownAnswers.holdFor(algorithm, random)) {
                fail(FATAL_ERROR_SELF_TEST);
                return;
            }
            untested &= ~bit;
        }
    }

    /** TPM2_SelfTest(fullTest): all is to be tested again. */
    public void forgetTests() {
        untested = TESTABLE;
    }

    /** The algorithms that are still to be tested; bit n stands for the n-th {@link AlgId}. */
    public long untested() {
        return untested;
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

    private static long bits(AlgId... algorithms) {
        long bits = 0;
        for (AlgId algorithm : algorithms) {
            bits |= 1L << algorithm.ordinal();
        }
        return bits;
    }
}
