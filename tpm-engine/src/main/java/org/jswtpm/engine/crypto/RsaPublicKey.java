package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The public part of an RSA key.
 *
 * @param modulus the product of the primes
 * @param exponent the public exponent; the 0 by which a TPM means 65537 is resolved before
 */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    /** What a public area means by an exponent of zero (Part 2, 12.2.3.5). */
    public static final int DEFAULT_EXPONENT = 65537;

    /**
     * From the fields of a public area.
     *
     * @param modulus big endian
     * @param exponent unsigned; zero stands for {@link #DEFAULT_EXPONENT}
     */
    public static RsaPublicKey of(byte[] modulus, int exponent) {
        return new RsaPublicKey(new BigInteger(1, modulus), exponent(exponent));
    }

    /** Octets of the modulus, of a ciphertext and of a signature. */
    public int size() {
        return (modulus.bitLength() + 7) / 8;
    }

    /**
     * RSAEP of RFC 8017, 5.1.1.
     *
     * @param message a number of any length
     * @return as long as the modulus; empty if the number is not below the modulus
     */
    public Optional<byte[]> apply(byte[] message) {
        BigInteger number = new BigInteger(1, message);
        if (number.compareTo(modulus) >= 0) {
            return Optional.empty();
        }
        return Optional.of(Numbers.octets(number.modPow(exponent, modulus), size()));
    }

    /** The exponent of a public area as a number. */
    static BigInteger exponent(int exponent) {
        return BigInteger.valueOf(exponent == 0 ? DEFAULT_EXPONENT : exponent & 0xffff_ffffL);
    }
}
