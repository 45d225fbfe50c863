package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/** ECDSA (FIPS 186-4, 6; TPM_ALG_ECDSA, Part 1, C.4.2). */
public final class Ecdsa {
    private static final int ALG_ID = 0x0018;

    private Ecdsa() {}

    /** Signs a digest, of which the leading bits count if it has more than the order of the curve. */
    public static EccSignature sign(EccPrivateKey key, byte[] digest, RandomSource random) {
        try (HedgedRandom nonces = HedgedRandom.of(ALG_ID, null, key, digest, random)) {
            return signWith(key, digest, nonces);
        }
    }

    /** As {@link #sign}, with k as it comes from {@code nonces}. */
    static EccSignature signWith(EccPrivateKey key, byte[] digest, RandomSource nonces) {
        EccCurve curve = key.curve();
        BigInteger order = curve.order();
        BigInteger e = leadingBits(digest, order.bitLength());
        while (true) {
            EccPrivateKey ephemeral = EccPrivateKey.generate(curve, nonces);
            BigInteger r = ephemeral.publicPoint().xNumber().mod(order);
            BigInteger inverse = BigIntegers.modOddInverse(order, ephemeral.scalar());
            BigInteger s = inverse.multiply(e.add(r.multiply(key.scalar()))).mod(order);
            if (r.signum() != 0 && s.signum() != 0) {
                return EccSignature.of(curve, r, s);
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
        BigInteger inverse = BigIntegers.modOddInverseVar(order, signature.sNumber());
        BigInteger u1 = leadingBits(digest, order.bitLength()).multiply(inverse).mod(order);
        BigInteger u2 = signature.rNumber().multiply(inverse).mod(order);
        Optional<EccPoint> point = EccPoint.sum(curve.generator(), u1, publicPoint, u2);
        return point.isPresent() && point.get().xNumber().mod(order).equals(signature.rNumber());
    }

    /** As many of the first bits of a digest as there are, at most {@code bits}, as a number (bits2int of RFC 6979). */
    static BigInteger leadingBits(byte[] digest, int bits) {
        int surplus = Math.max(0, digest.length * 8 - bits);
        return new BigInteger(1, digest).shiftRight(surplus);
    }
}
