package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** EC-Schnorr signatures as the TPM defines them (TPM_ALG_ECSCHNORR, Part 1, C.4.4). */
public final class EcSchnorr {
    private static final int ALG_ID = 0x001C;

    private EcSchnorr() {}

    /** Signs a digest; {@code algorithm} is the hash of the scheme. */
    public static EccSignature sign(EccPrivateKey key, Digest algorithm, byte[] digest, RandomSource random) {
        EccCurve curve = key.curve();
        try (HedgedRandom nonces = HedgedRandom.of(ALG_ID, algorithm, key, digest, random)) {
            while (true) {
                EccPrivateKey ephemeral = EccPrivateKey.generate(curve, nonces);
                BigInteger r = commitment(algorithm, ephemeral.publicPoint(), digest);
                Optional<BigInteger> s = response(curve, ephemeral.scalar(), r, key.scalar());
                if (s.isPresent()) {
                    return EccSignature.of(curve, r, s.get());
                }
            }
        }
    }

    /** Whether the signature of a digest was made with the key that this point belongs to. */
    public static boolean verify(EccPoint publicPoint, Digest algorithm, byte[] digest, EccSignature signature) {
        EccCurve curve = publicPoint.curve();
        if (!signature.isInRange(curve)) {
            return false;
        }
        BigInteger negative = curve.order().subtract(signature.rNumber());
        Optional<EccPoint> point = EccPoint.sum(curve.generator(), signature.sNumber(), publicPoint, negative);
        return point.isPresent() && commitment(algorithm, point.get(), digest).equals(signature.rNumber());
    }

    /** s = k + r d (mod n), which ECDAA uses too; empty if r or s is zero. */
    static Optional<BigInteger> response(EccCurve curve, BigInteger k, BigInteger r, BigInteger d) {
        BigInteger order = curve.order();
        BigInteger reduced = r.mod(order);
        BigInteger s = k.add(reduced.multiply(d)).mod(order);
        return reduced.signum() == 0 || s.signum() == 0 ? Optional.empty() : Optional.of(s);
    }

    /** The hash of the x-coordinate and the digest, cut to the octets of the order but not reduced. */
    private static BigInteger commitment(Digest algorithm, EccPoint point, byte[] digest) {
        int size = point.curve().orderSize();
        byte[] hash = Hasher.digest(algorithm, Numbers.octets(point.xNumber(), size), digest);
        return new BigInteger(1, Arrays.copyOf(hash, Math.min(hash.length, size)));
    }
}
