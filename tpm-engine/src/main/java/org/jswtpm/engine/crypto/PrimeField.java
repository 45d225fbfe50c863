package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The odd numbers near a candidate that no small prime divides: the sieve field of the reference (CryptPrimeSieve.c),
 * 32768 numbers wide. Which of them is tested next follows from the candidate, so the field decides which prime is
 * found: how far it is sieved is part of the format.
 */
final class PrimeField {
    private static final int WIDTH = 16384;

    private final BigInteger start;
    private final long[] survivors = new long[WIDTH / 64];
    private final int selector;
    private int left;

    PrimeField(BigInteger candidate) {
        int[] words = SmallPrimes.words(candidate);
        int below = (int) SmallPrimes.remainder(words, 105);
        if ((below & 1) != 0) {
            below += 105;
        }
        start = candidate.subtract(BigInteger.valueOf(below));
        selector = candidate.intValue() | 0x8000_0000;
        Arrays.fill(survivors, -1);
        sieve(SmallPrimes.countUpTo(largestPrime(candidate.bitLength())));
        for (long word : survivors) {
            left += Long.bitCount(word);
        }
    }

    /** The next number to be tested; null when there is none left. */
    BigInteger next() {
        if (left == 0) {
            return null;
        }
        int chosen = take(Integer.remainderUnsigned(selector, left));
        left--;
        return start.add(BigInteger.valueOf(2L * chosen));
    }

    /** The reference sieves with the first 1024, 4096 or all primes of its table, ends included. */
    private static int largestPrime(int bits) {
        if (bits <= 512) {
            return 8167;
        }
        return bits <= 1024 ? 38891 : 65521;
    }

    /** Two primes at a time share one long division, which is what sieving spends its time with. */
    private void sieve(int primes) {
        int[] words = SmallPrimes.words(start);
        for (int i = 0; i < primes; i += 2) {
            int first = SmallPrimes.get(i);
            if (i + 1 == primes) {
                strike(first, (int) SmallPrimes.remainder(words, first));
                return;
            }
            int second = SmallPrimes.get(i + 1);
            long both = (long) first * second;
            if (both > Integer.MAX_VALUE) {
                strike(first, (int) SmallPrimes.remainder(words, first));
                strike(second, (int) SmallPrimes.remainder(words, second));
            } else {
                long remainder = SmallPrimes.remainder(words, both);
                strike(first, (int) (remainder % first));
                strike(second, (int) (remainder % second));
            }
        }
    }

    /** Clears the multiples of a prime; the field starts at an odd number with this remainder and holds odd ones. */
    private void strike(int prime, int remainder) {
        int first = (remainder & 1) != 0 ? (prime - remainder) / 2 : remainder == 0 ? 0 : prime - remainder / 2;
        for (int i = first; i < WIDTH; i += prime) {
            survivors[i >> 6] &= ~(1L << i);
        }
    }

    /** The place of the survivor that has {@code skip} before it; it is struck out. */
    private int take(int skip) {
        int word = 0;
        int count = Long.bitCount(survivors[0]);
        while (count <= skip) {
            skip -= count;
            count = Long.bitCount(survivors[++word]);
        }
        long bits = survivors[word];
        for (; skip > 0; skip--) {
            bits &= bits - 1;
        }
        survivors[word] &= ~Long.lowestOneBit(bits);
        return word * 64 + Long.numberOfTrailingZeros(bits);
    }
}
