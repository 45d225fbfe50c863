package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Key exchanges of two static and two ephemeral keys (TPM2_ZGen_2Phase). That of TPM_ALG_ECDH is two times
 * {@link EccPoint#times(EccPrivateKey)}.
 */
public final class EccKeyExchange {
    private EccKeyExchange() {}

    /**
     * Full MQV, C(2, 2, ECC MQV) of SP 800-56A, 6.1.1.4 (TPM_ALG_ECMQV). The reference does not set the order before it
     * divides by it, and falls into failure mode.
     *
     * @param staticKey the TPM's static key
     * @param ephemeralKey the TPM's ephemeral key
     * @param staticPoint the other party's static public key
     * @param ephemeralPoint the other party's ephemeral public key
     * @return empty if the result is the point at infinity
     */
    public static Optional<EccPoint> mqv(
            EccPrivateKey staticKey, EccPrivateKey ephemeralKey, EccPoint staticPoint, EccPoint ephemeralPoint) {
        BigInteger order = staticKey.curve().order();
        int half = (order.bitLength() + 1) / 2;
        BigInteger own = associated(ephemeralKey.publicPoint(), half, half);
        BigInteger signature =
                ephemeralKey.scalar().add(own.multiply(staticKey.scalar())).mod(order);
        BigInteger other = associated(ephemeralPoint, half, half);
        return EccPoint.sum(ephemeralPoint, BigInteger.ONE, staticPoint, other)
                .flatMap(point -> point.times(signature));
    }

    /**
     * The key exchange of SM2 (TPM_ALG_SM2).
     *
     * <p>The reference deviates from the standard, and so do we: of the x-coordinates it takes not the bits below w, but
     * of the word of 64 bits in which w lies as many as lie above w (BnMaskBits). That is libtpms since 0.10; older
     * releases moreover set another bit than w.
     *
     * @param staticKey the TPM's static key
     * @param ephemeralKey the TPM's ephemeral key
     * @param staticPoint the other party's static public key
     * @param ephemeralPoint the other party's ephemeral public key
     * @return empty if the result is the point at infinity
     */
    public static Optional<EccPoint> sm2(
            EccPrivateKey staticKey, EccPrivateKey ephemeralKey, EccPoint staticPoint, EccPoint ephemeralPoint) {
        BigInteger order = staticKey.curve().order();
        int w = (order.bitLength() - 1) / 2 - 1;
        int kept = (w + 63) / 64 * 64 - w % 64;
        BigInteger own = associated(ephemeralKey.publicPoint(), kept, w);
        BigInteger ta =
                staticKey.scalar().add(ephemeralKey.scalar().multiply(own)).mod(order);
        return EccPoint.sum(staticPoint, BigInteger.ONE, ephemeralPoint, associated(ephemeralPoint, kept, w))
                .flatMap(point -> point.times(ta));
    }

    /** The associated value of a point: the low {@code kept} bits of its x-coordinate, and bit {@code high} set. */
    private static BigInteger associated(EccPoint point, int kept, int high) {
        BigInteger mask = BigInteger.ONE.shiftLeft(kept).subtract(BigInteger.ONE);
        return point.xNumber().and(mask).setBit(high);
    }
}
