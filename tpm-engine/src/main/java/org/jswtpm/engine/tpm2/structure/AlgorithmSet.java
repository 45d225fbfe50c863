package org.jswtpm.engine.tpm2.structure;

import java.util.Map;
import java.util.Set;

/**
 * Which algorithms, key sizes and curves a TPM answers to: what its profile leaves of the ones that are built in. What
 * is switched off is refused while a structure is read, at the place where libtpms refuses it.
 *
 * <p>Immutable.
 */
public final class AlgorithmSet {
    private static final int RSA_4096_SINCE = 8;
    private static final int SYMMETRIC_192_SINCE = 4;
    private static final AlgorithmSet NULL_PROFILE = allOf(1);

    private final long algorithms;
    private final int curves;
    /** Bits of the shortest key, by algorithm. */
    private final int[] minimums;

    private final int stateFormatLevel;

    private AlgorithmSet(long algorithms, int curves, int[] minimums, int stateFormatLevel) {
        this.algorithms = algorithms;
        this.curves = curves;
        this.minimums = minimums;
        this.stateFormatLevel = stateFormatLevel;
    }

    /** The set of the null profile, which is the one of libtpms 0.9: all algorithms with the key sizes of that time. */
    public static AlgorithmSet nullProfile() {
        return NULL_PROFILE;
    }

    /** All algorithms, with the key sizes that {@code stateFormatLevel} knows. */
    public static AlgorithmSet allOf(int stateFormatLevel) {
        int count = AlgId.values().length;
        return new AlgorithmSet(
                (1L << count) - 1, (1 << EccCurve.values().length) - 1, new int[count], stateFormatLevel);
    }

    /**
     * Some algorithms.
     *
     * @param algorithms the algorithms
     * @param curves the curves
     * @param minimums bits of the shortest key, where there is a limit
     * @param stateFormatLevel which key sizes there are at all
     */
    public static AlgorithmSet of(
            Set<AlgId> algorithms, Set<EccCurve> curves, Map<AlgId, Integer> minimums, int stateFormatLevel) {
        long algorithmBits = 0;
        for (AlgId algorithm : algorithms) {
            algorithmBits |= 1L << algorithm.ordinal();
        }
        int curveBits = 0;
        for (EccCurve curve : curves) {
            curveBits |= 1 << curve.ordinal();
        }
        int[] shortest = new int[AlgId.values().length];
        for (Map.Entry<AlgId, Integer> minimum : minimums.entrySet()) {
            shortest[minimum.getKey().ordinal()] = minimum.getValue();
        }
        return new AlgorithmSet(algorithmBits, curveBits, shortest, stateFormatLevel);
    }

    /** Whether {@code algorithm} is enabled. */
    public boolean isEnabled(AlgId algorithm) {
        return (algorithms >>> algorithm.ordinal() & 1) != 0;
    }

    /** Whether {@code curve} is enabled. */
    public boolean isEnabled(EccCurve curve) {
        return isEnabled(AlgId.ECC)
                && isLongEnough(AlgId.ECC, curve.keyBits())
                && (curves >>> curve.ordinal() & 1) != 0;
    }

    /** Whether keys of {@code bits} are enabled for RSA or a block cipher. */
    public boolean isEnabled(AlgId algorithm, int bits) {
        return isEnabled(algorithm)
                && isLongEnough(algorithm, bits)
                && switch (algorithm) {
                    case RSA ->
                        bits == 1024
                                || bits == 2048
                                || bits == 3072
                                || bits == 4096 && stateFormatLevel >= RSA_4096_SINCE;
                    case AES, CAMELLIA ->
                        bits == 128 || bits == 192 && stateFormatLevel >= SYMMETRIC_192_SINCE || bits == 256;
                    case TDES -> bits == 128 || bits == 192;
                    default -> throw new IllegalArgumentException(algorithm + " has no list of key sizes");
                };
    }

    /** Whether a key of {@code bits} is not shorter than the profile wants it: for HMAC, which has no list of key sizes. */
    public boolean isLongEnough(AlgId algorithm, int bits) {
        return bits >= minimums[algorithm.ordinal()];
    }

    /** Bits of the shortest key that is enabled for {@code algorithm}; 0 where there is no limit. */
    public int minimum(AlgId algorithm) {
        return minimums[algorithm.ordinal()];
    }
}
