package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Primes for RSA keys that no seed determines, found ahead of the keys. It learns from the keys that are made what primes are
 * wanted, keeps few of them, and each is used once.
 *
 * <p>Not thread safe; {@link #search} alone needs no pool, so it can run beside everything else.
 */
public final class PrimePool implements AutoCloseable {
    /** Two keys. */
    private static final int CAPACITY = 4;

    private static final BigInteger EXPONENT = BigInteger.valueOf(RsaPublicKey.DEFAULT_EXPONENT);

    private final byte[][] primes = new byte[CAPACITY][];
    private int count;
    private int bits;

    /**
     * A prime, or null if there is none. From now on primes of this size are wanted; those of another are forgotten.
     *
     * @param wantedBits of the prime
     * @param exponent the public exponent; there are primes for the usual one only
     */
    BigInteger take(int wantedBits, BigInteger exponent) {
        if (!exponent.equals(EXPONENT)) {
            return null;
        }
        if (bits != wantedBits) {
            close();
            bits = wantedBits;
        }
        if (count == 0) {
            return null;
        }
        count--;
        BigInteger prime = new BigInteger(1, primes[count]);
        Arrays.fill(primes[count], (byte) 0);
        return prime;
    }

    /** The size in bits of a prime that is wanted; 0 if none is. */
    public int wantedBits() {
        return count < CAPACITY ? bits : 0;
    }

    /** Takes a prime that {@link #search} found over; wiped if it is not wanted any more. */
    public void add(byte[] prime) {
        if (prime.length * Byte.SIZE == wantedBits()) {
            primes[count++] = prime;
        } else {
            Arrays.fill(prime, (byte) 0);
        }
    }

    /**
     * A prime for a key with the usual exponent.
     *
     * @param helpers who may search, too
     * @return big endian; null if canceled
     */
    public static byte[] search(int bits, RandomSource random, Helpers helpers, Cancellation cancellation) {
        try (PrimeSearch search = new PrimeSearch(random, EXPONENT, cancellation, helpers)) {
            BigInteger prime = search.find(bits);
            return prime == null ? null : Numbers.octets(prime, bits / Byte.SIZE);
        }
    }

    /** Wipes the primes, and forgets what was wanted. */
    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            Arrays.fill(primes[i], (byte) 0);
        }
        count = 0;
        bits = 0;
    }
}
