package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;

/** Makes RSA keys from a source of random octets (CryptRsaGenerateKey of the reference). */
public final class RsaKeyGenerator {
    /** Primes whose difference has fewer bits are too close to each other. */
    private static final int MIN_DIFFERENCE_BITS = 100;

    private RsaKeyGenerator() {}

    /** Whether a TPM 2.0 makes keys for a public exponent: zero (65537), or a prime that is not below 65537. */
    public static boolean isUsable(int exponent) {
        long value = exponent & 0xffff_ffffL;
        return value == 0 || value >= RsaPublicKey.DEFAULT_EXPONENT && SmallPrimes.isPrime(value);
    }

    private static boolean isPossible(int exponent) {
        return exponent == 0 || (exponent & 1) != 0 && SmallPrimes.isPrime(exponent & 0xffff_ffffL);
    }

    /**
     * A new key.
     *
     * @param bits of the modulus; a multiple of 64, not below 512
     * @param exponent an odd prime, or zero for 65537
     * @param random where all octets come from; with one made from a seed the key follows from the seed
     * @return empty if canceled
     */
    public static Optional<RsaPrivateKey> generate(
            int bits, int exponent, RandomSource random, Cancellation cancellation) {
        return generate(bits, exponent, random, new PrimePool(), Helpers.NONE, cancellation);
    }

    /**
     * A new key.
     *
     * @param pool primes that are taken first; empty for a key that a seed determines
     * @param helpers who may search, too; they change no key
     * @return empty if canceled
     */
    public static Optional<RsaPrivateKey> generate(
            int bits, int exponent, RandomSource random, PrimePool pool, Helpers helpers, Cancellation cancellation) {
        if (bits < 512 || bits % 64 != 0 || !isPossible(exponent)) {
            throw new IllegalArgumentException("RSA key of " + bits + " bits");
        }
        BigInteger publicExponent = RsaPublicKey.exponent(exponent);
        try (PrimeSearch search = new PrimeSearch(random, publicExponent, cancellation, helpers)) {
            BigInteger first = prime(bits / 2, publicExponent, pool, search);
            while (first != null) {
                BigInteger second = prime(bits / 2, publicExponent, pool, search);
                if (second == null) {
                    break;
                }
                if (second.subtract(first).abs().bitLength() > MIN_DIFFERENCE_BITS) {
                    return RsaPrivateKey.ofPrimes(publicExponent, second, first);
                }
            }
            return Optional.empty();
        }
    }

    private static BigInteger prime(int bits, BigInteger exponent, PrimePool pool, PrimeSearch search) {
        BigInteger found = pool.take(bits, exponent);
        return found == null ? search.find(bits) : found;
    }
}
