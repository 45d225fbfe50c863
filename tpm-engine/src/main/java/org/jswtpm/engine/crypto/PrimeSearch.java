package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The search for an RSA prime as the reference does it (CryptPrime.c). Candidates and the bases of the Miller-Rabin test
 * come from one source, so every octet that is drawn here decides what is found later: not one may be saved.
 */
final class PrimeSearch {
    private final RandomSource random;
    private final BigInteger exponent;
    private final Cancellation cancellation;

    PrimeSearch(RandomSource random, BigInteger exponent, Cancellation cancellation) {
        this.random = random;
        this.exponent = exponent;
        this.cancellation = cancellation;
    }

    /** A prime of {@code bits} bits, at least half the square root of two in size; null if the search was canceled. */
    BigInteger find(int bits) {
        while (true) {
            PrimeField field = new PrimeField(candidate(bits));
            BigInteger number = field.next();
            while (number != null) {
                if (cancellation.isRequested()) {
                    return null;
                }
                if (suitsExponent(number) && isProbablePrime(number)) {
                    return number;
                }
                number = field.next();
            }
        }
    }

    /**
     * The next candidate, odd and not below half the square root of two. The original rule also cleared the 32 bits
     * behind the first 16, on machines with words of 64 bits: the fault for which there is a newer rule.
     */
    private BigInteger candidate(int bits) {
        byte[] octets = random.generate(bits / 8);
        switch (random.seedCompatLevel()) {
            case ORIGINAL -> {
                reverse(octets);
                int top = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
                int adjusted = (top * 0x4afb >>> 16) + 0xb505;
                octets[0] = (byte) (adjusted >> 8);
                octets[1] = (byte) adjusted;
                Arrays.fill(octets, 2, 6, (byte) 0);
            }
            case RSA_PRIME_ADJUST_FIX -> {
                int high = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
                int low = (octets[2] & 0xff) << 8 | octets[3] & 0xff;
                int adjusted = high * 0x4afb + (low * 0x4afb >>> 16) + 0xb5050000;
                for (int i = 0; i < 4; i++) {
                    octets[i] = (byte) (adjusted >> (24 - 8 * i));
                }
            }
        }
        octets[octets.length - 1] |= 1;
        BigInteger candidate = new BigInteger(1, octets);
        Arrays.fill(octets, (byte) 0);
        return candidate;
    }

    /** Whether the public exponent, a prime, divides neither the number nor what comes before it. */
    private boolean suitsExponent(BigInteger number) {
        return number.mod(exponent).compareTo(BigInteger.ONE) > 0;
    }

    /** Miller-Rabin (FIPS 186-4, C.3.1), with the rounds of the reference. */
    private boolean isProbablePrime(BigInteger number) {
        BigInteger minusOne = number.subtract(BigInteger.ONE);
        int twos = minusOne.getLowestSetBit();
        BigInteger odd = minusOne.shiftRight(twos);
        for (int round = rounds(number.bitLength()); round > 0; round--) {
            BigInteger power = base(minusOne).modPow(odd, number);
            if (power.equals(BigInteger.ONE)) {
                continue;
            }
            for (int i = 1; i < twos && !power.equals(minusOne); i++) {
                power = power.multiply(power).mod(number);
            }
            if (!power.equals(minusOne)) {
                return false;
            }
        }
        return true;
    }

    /** A number between 1 and {@code end}, both excluded. */
    private BigInteger base(BigInteger end) {
        int size = (end.bitLength() + 7) / 8;
        BigInteger base = random.generateInteger(size);
        while (base.compareTo(BigInteger.ONE) <= 0 || base.compareTo(end) >= 0) {
            base = random.generateInteger(size);
        }
        return base;
    }

    private static int rounds(int bits) {
        if (bits < 511) {
            return 8;
        }
        return bits < 1536 ? 5 : 4;
    }

    private static void reverse(byte[] octets) {
        for (int i = 0, j = octets.length - 1; i < j; i++, j--) {
            byte other = octets[i];
            octets[i] = octets[j];
            octets[j] = other;
        }
    }
}
