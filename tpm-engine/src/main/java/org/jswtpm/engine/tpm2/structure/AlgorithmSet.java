package org.jswtpm.engine.tpm2.structure;

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
    private final int stateFormatLevel;

    private AlgorithmSet(long algorithms, int curves, int stateFormatLevel) {
        this.algorithms = algorithms;
        this.curves = curves;
        this.stateFormatLevel = stateFormatLevel;
    }

    /** The set of the null profile, which is the one of libtpms 0.9: all algorithms with the key sizes of that time. */
    public static AlgorithmSet nullProfile() {
        return NULL_PROFILE;
    }

    /** All algorithms, with the key sizes that {@code stateFormatLevel} knows. */
    public static AlgorithmSet allOf(int stateFormatLevel) {
        return new AlgorithmSet(
                (1L << AlgId.values().length) - 1, (1 << EccCurve.values().length) - 1, stateFormatLevel);
    }

    /** Whether {@code algorithm} is enabled. */
    public boolean isEnabled(AlgId algorithm) {
        return (algorithms >>> algorithm.ordinal() & 1) != 0;
    }

    /** Whether {@code curve} is enabled. */
    public boolean isEnabled(EccCurve curve) {
        return isEnabled(AlgId.ECC) && (curves >>> curve.ordinal() & 1) != 0;
    }

    /** Whether keys of {@code bits} are enabled for RSA or a block cipher. */
    public boolean isEnabled(AlgId algorithm, int bits) {
        return isEnabled(algorithm)
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
}
