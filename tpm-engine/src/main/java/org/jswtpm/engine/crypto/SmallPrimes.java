package org.jswtpm.engine.crypto;

import java.math.BigInteger;

/** The odd primes below 2^16, and what they tell about larger numbers. */
final class SmallPrimes {
    private static final int END = 1 << 16;

    /** All odd primes below 2^16, in order: 6541 of them. */
    private static final char[] PRIMES = sieve();

    private SmallPrimes() {}

    /** How many odd primes there are up to {@code limit}. */
    static int countUpTo(int limit) {
        int low = 0;
        int high = PRIMES.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (PRIMES[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The odd prime at {@code index}, from 3 at 0. */
    static int get(int index) {
        return PRIMES[index];
    }

    /** Whether a 32-bit number, such as a public exponent, is prime. */
    static boolean isPrime(long number) {
        if (number < 3 || (number & 1) == 0) {
            return number == 2;
        }
        for (int i = 0; i < PRIMES.length; i++) {
            long prime = PRIMES[i];
            if (prime * prime > number) {
                return true;
            }
            if (number % prime == 0) {
                return false;
            }
        }
        return true;
    }

    /** The words of a number, most significant first, for {@link #remainder}. */
    static int[] words(BigInteger number) {
        byte[] octets = number.toByteArray();
        int[] words = new int[(octets.length + 3) / 4];
        for (int i = 0; i < octets.length; i++) {
            int position = octets.length - 1 - i;
            words[words.length - 1 - position / 4] |= (octets[i] & 0xff) << (8 * (position % 4));
        }
        return words;
    }

    /** The remainder of a number, given as its words, when divided by {@code divisor}, which is below 2^31. */
    static long remainder(int[] words, long divisor) {
        long remainder = 0;
        for (int word : words) {
            remainder = ((remainder << 32) | (word & 0xffff_ffffL)) % divisor;
        }
        return remainder;
    }

    private static char[] sieve() {
        boolean[] composite = new boolean[END / 2];
        int count = 0;
        for (int i = 1; i < composite.length; i++) {
            if (!composite[i]) {
                count++;
                int prime = 2 * i + 1;
                for (long multiple = (long) prime * prime / 2; multiple < composite.length; multiple += prime) {
                    composite[(int) multiple] = true;
                }
            }
        }
        char[] primes = new char[count];
        int found = 0;
        for (int i = 1; i < composite.length; i++) {
            if (!composite[i]) {
                primes[found++] = (char) (2 * i + 1);
            }
        }
        return primes;
    }
}
