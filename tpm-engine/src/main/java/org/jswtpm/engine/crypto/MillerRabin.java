package org.jswtpm.engine.crypto;

import java.math.BigInteger;

/** The test of Miller and Rabin for one number (FIPS 186-4, C.3.1), with the rounds of the reference. */
final class MillerRabin {
    private final BigInteger number;
    private final BigInteger minusOne;
    private final int twos;
    private final BigInteger odd;

    /** @param number odd */
    MillerRabin(BigInteger number) {
        this.number = number;
        minusOne = number.subtract(BigInteger.ONE);
        twos = minusOne.getLowestSetBit();
        odd = minusOne.shiftRight(twos);
    }

    /** The number that is tested. */
    BigInteger number() {
        return number;
    }

    /** How many rounds a prime passes. */
    int rounds() {
        int bits = number.bitLength();
        if (bits < 511) {
            return 8;
        }
        return bits < 1536 ? 5 : 4;
    }

    /** The next base from {@code random}: between 1 and the number less one, both excluded. */
    BigInteger drawBase(RandomSource random) {
        int size = (minusOne.bitLength() + 7) / 8;
        BigInteger base = random.generateInteger(size);
        while (base.compareTo(BigInteger.ONE) <= 0 || base.compareTo(minusOne) >= 0) {
            base = random.generateInteger(size);
        }
        return base;
    }

    /** One round: false if the base tells that the number is no prime. */
    boolean passes(BigInteger base) {
        BigInteger power = base.modPow(odd, number);
        if (power.equals(BigInteger.ONE)) {
            return true;
        }
        for (int i = 1; i < twos && !power.equals(minusOne); i++) {
            power = power.multiply(power).mod(number);
        }
        return power.equals(minusOne);
    }
}
