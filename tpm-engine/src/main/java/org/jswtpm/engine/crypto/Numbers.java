package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/** What the platform's big numbers lack. */
final class Numbers {
    private Numbers() {}

    /**
     * A number as {@code size} octets, big endian.
     *
     * @throws IllegalArgumentException if it needs more
     */
    static byte[] octets(BigInteger number, int size) {
        if (number.bitLength() > size * 8) {
            throw new IllegalArgumentException("a number of " + number.bitLength() + " bits in " + size + " octets");
        }
        byte[] encoded = number.toByteArray();
        int used = Math.min(encoded.length, size);
        byte[] octets = new byte[size];
        System.arraycopy(encoded, encoded.length - used, octets, size - used, used);
        Arrays.fill(encoded, (byte) 0);
        return octets;
    }

    /** The inverse of a number below the modulus; empty if there is none. */
    static Optional<BigInteger> inverse(BigInteger number, BigInteger modulus) {
        try {
            return Optional.of(
                    modulus.testBit(0) && modulus.bitLength() > 1
                            ? BigIntegers.modOddInverse(modulus, number)
                            : number.modInverse(modulus));
        } catch (ArithmeticException none) {
            return Optional.empty();
        }
    }
}
