package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/**
 * SM2 signatures (GM/T 0003.2, ISO/IEC 14888-3; TPM_ALG_SM2, Part 1, C.4.5). A TPM signs the digest it is given; the
 * caller has hashed the identity of the signer into it.
 */
public final class Sm2 {
    private static final int ALG_ID = 0x001B;

    private Sm2() {}

    /**
     * Signs a digest.
     *
     * @return empty for the one key that cannot sign, the order less one
     */
    public static Optional<EccSignature> sign(EccPrivateKey key, byte[] digest, RandomSource random) {
        try (HedgedRandom nonces = HedgedRandom.of(ALG_ID, null, key, digest, random)) {
            return signWith(key, digest, nonces);
        }
    }

    /** As {@link #sign}, with k as it comes from {@code nonces}. */
    static Optional<EccSignature> signWith(EccPrivateKey key, byte[] digest, RandomSource nonces) {
        EccCurve curve = key.curve();
        BigInteger order = curve.order();
        BigInteger e = new BigInteger(1, digest);
        BigInteger divisor = key.scalar().add(BigInteger.ONE);
        if (divisor.equals(order)) {
            return Optional.empty();
        }
        BigInteger inverse = BigIntegers.modOddInverse(order, divisor);
        while (true) {
            EccPrivateKey ephemeral = EccPrivateKey.generate(curve, nonces);
            BigInteger k = ephemeral.scalar();
            BigInteger r = e.add(ephemeral.publicPoint().xNumber()).mod(order);
            BigInteger s =
                    k.subtract(r.multiply(key.scalar())).multiply(inverse).mod(order);
            if (r.signum() != 0 && s.signum() != 0 && !r.add(k).equals(order)) {
                return Optional.of(EccSignature.of(curve, r, s));
            }
        }
    }

    /** Whether the signature of a digest was made with the key that this point belongs to. */
    public static boolean verify(EccPoint publicPoint, byte[] digest, EccSignature signature) {
        EccCurve curve = publicPoint.curve();
        if (!signature.isInRange(curve)) {
            return false;
        }
        BigInteger order = curve.order();
        BigInteger t = signature.rNumber().add(signature.sNumber()).mod(order);
        if (t.signum() == 0) {
            return false;
        }
        Optional<EccPoint> point = EccPoint.sum(curve.generator(), signature.sNumber(), publicPoint, t);
        return point.isPresent()
                && new BigInteger(1, digest)
                        .add(point.get().xNumber())
                        .mod(order)
                        .equals(signature.rNumber());
    }
}
