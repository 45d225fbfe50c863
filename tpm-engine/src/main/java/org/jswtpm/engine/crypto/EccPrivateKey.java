package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;

/** An ECC key pair: a scalar between zero and the order of its curve, both excluded. Immutable. */
public final class EccPrivateKey {
    /** How many octets more than the order has are drawn, so that the remainder is all but evenly spread. */
    private static final int EXTRA_OCTETS = 8;

    private final EccCurve curve;
    private final BigInteger scalar;

    private EccPrivateKey(EccCurve curve, BigInteger scalar) {
        this.curve = curve;
        this.scalar = scalar;
    }

    /**
     * A new key (FIPS 186-4, B.4.1, as TpmEcc_GenPrivateScalar does it).
     *
     * @param random where all octets come from; with one made from a seed the key follows from the seed
     */
    public static EccPrivateKey generate(EccCurve curve, RandomSource random) {
        BigInteger drawn = random.generateInteger(curve.orderSize() + EXTRA_OCTETS);
        BigInteger range = curve.order().subtract(BigInteger.ONE);
        return new EccPrivateKey(curve, drawn.mod(range).add(BigInteger.ONE));
    }

    /**
     * The key with this private part, of any length.
     *
     * @return empty if it is zero, or not below the order of the curve
     */
    public static Optional<EccPrivateKey> load(EccCurve curve, byte[] scalar) {
        BigInteger number = new BigInteger(1, scalar);
        if (number.signum() == 0 || number.compareTo(curve.order()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new EccPrivateKey(curve, number));
    }

    /** The curve. */
    public EccCurve curve() {
        return curve;
    }

    /** The private part, as many octets as a coordinate; the caller's to wipe. */
    public byte[] octets() {
        return Numbers.octets(scalar, curve.size());
    }

    /** The public part; computed anew at each call. */
    public EccPoint publicPoint() {
        return EccPoint.generatorTimes(curve, scalar);
    }

    BigInteger scalar() {
        return scalar;
    }
}
