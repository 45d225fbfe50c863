package org.jswtpm.engine.crypto;

import java.math.BigInteger;

/**
 * Makes the time of an RSA operation independent of what the caller chose: BigInteger does not compute in constant time. The
 * first factor is derived from the key, which the caller does not know; later ones are its squares.
 *
 * <p>Not thread safe.
 */
final class Blinding {
    private final RsaPublicKey publicKey;
    private BigInteger factor;
    private BigInteger inverse;

    Blinding(RsaPublicKey publicKey) {
        this.publicKey = publicKey;
    }

    /** Makes the first factor if there is none yet. */
    void begin(BigInteger prime, byte[] input) {
        if (factor == null) {
            BigInteger modulus = publicKey.modulus();
            byte[] octets =
                    Kdf.kdfa(Digest.SHA256, prime.toByteArray(), "BLINDING", input, new byte[0], publicKey.size() * 8);
            BigInteger base = new BigInteger(1, octets).mod(modulus);
            inverse = Numbers.inverse(base, modulus).orElse(BigInteger.ONE);
            factor = inverse.equals(BigInteger.ONE) ? BigInteger.ONE : base.modPow(publicKey.exponent(), modulus);
        }
    }

    /** What the input is multiplied with. */
    BigInteger factor() {
        return factor;
    }

    /** What the result is multiplied with. */
    BigInteger inverse() {
        return inverse;
    }

    /** Makes another factor of this one. */
    void advance() {
        BigInteger modulus = publicKey.modulus();
        factor = factor.multiply(factor).mod(modulus);
        inverse = inverse.multiply(inverse).mod(modulus);
    }
}
