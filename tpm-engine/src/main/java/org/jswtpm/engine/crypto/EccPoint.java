package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A point of a curve, never the one at infinity: a point that is not on its curve cannot be built. Immutable.
 */
public final class EccPoint {
    private final EccCurve curve;
    private final ECPoint point;

    private EccPoint(EccCurve curve, ECPoint point) {
        this.curve = curve;
        this.point = point;
    }

    /**
     * The point with these coordinates, of any length. As in the reference a coordinate may be larger than the prime of
     * the field, and counts as its remainder.
     *
     * @return empty if it is not on the curve (TPM_RC_ECC_POINT)
     */
    public static Optional<EccPoint> of(EccCurve curve, byte[] x, byte[] y) {
        ECCurve field = curve.curve();
        BigInteger prime = field.getField().getCharacteristic();
        ECPoint point = field.createPoint(new BigInteger(1, x).mod(prime), new BigInteger(1, y).mod(prime));
        return point.isValid() ? Optional.of(new EccPoint(curve, point)) : Optional.empty();
    }

    /** A point of Bouncy Castle that is finite and on the curve. */
    static EccPoint of(EccCurve curve, ECPoint point) {
        return new EccPoint(curve, point.normalize());
    }

    /** The generator times a scalar between zero and the order, both excluded; takes the same steps for each. */
    static EccPoint generatorTimes(EccCurve curve, BigInteger scalar) {
        return of(curve, new FixedPointCombMultiplier().multiply(curve.generatorPoint(), scalar));
    }

    /** The curve. */
    public EccCurve curve() {
        return curve;
    }

    /** The x-coordinate; as many octets as the curve asks for. */
    public byte[] x() {
        return Numbers.octets(xNumber(), curve.size());
    }

    /** The y-coordinate; as many octets as the curve asks for. */
    public byte[] y() {
        return Numbers.octets(point.getAffineYCoord().toBigInteger(), curve.size());
    }

    /**
     * This point times a scalar.
     *
     * @param scalar a number of any length
     * @return empty if that is the point at infinity (TPM_RC_NO_RESULT)
     */
    public Optional<EccPoint> times(byte[] scalar) {
        return times(new BigInteger(1, scalar));
    }

    /** As {@link #times(byte[])}, with the private part of a key: ECDH. */
    public Optional<EccPoint> times(EccPrivateKey key) {
        return times(key.scalar());
    }

    /**
     * A multiple of the order is added to the scalar, so that the time taken, which depends on its digits, tells little
     * of it; the multiple follows from both factors and is unknown to those who do not know the scalar.
     */
    Optional<EccPoint> times(BigInteger scalar) {
        byte[] hash = Hasher.digest(
                Digest.SHA256, scalar.toByteArray(), point.getAffineXCoord().getEncoded());
        BigInteger multiple = new BigInteger(1, hash).shiftRight(192).multiply(curve.order());
        ECPoint product = point.multiply(scalar.add(multiple));
        return product.isInfinity() ? Optional.empty() : Optional.of(of(curve, product));
    }

    /** {@code first} times {@code factor} plus {@code second} times {@code otherFactor}, none of them secret. */
    static Optional<EccPoint> sum(EccPoint first, BigInteger factor, EccPoint second, BigInteger otherFactor) {
        ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(first.point, factor, second.point, otherFactor);
        return sum.isInfinity() ? Optional.empty() : Optional.of(of(first.curve, sum));
    }

    BigInteger xNumber() {
        return point.getAffineXCoord().toBigInteger();
    }
}
