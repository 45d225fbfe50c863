package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * AES (FIPS 197) in the direction of encryption: all that the generator, and the modes that guests use for parameters and
 * objects, ask for. Bouncy Castle's engine is not used here because its first use starts the platform's logging and
 * builds parameters of other algorithms, on the way to the first answer of a TPM and longer than all else there; the
 * tests hold this one against it.
 */
final class Aes implements BlockFunction {
    static final int BLOCK = 16;

    /** The S-box, and for each octet the product of its substitute with the column (2, 1, 1, 3) of MixColumns. */
    private static final byte[] SUBSTITUTES = new byte[256];

    private static final int[] COLUMNS = new int[256];

    static {
        int power = 1; // runs through all of the field but zero, as powers of the generator 3
        int inverse = 1;
        do {
            power = power ^ twice(power);
            inverse = third(inverse);
            int mixed = inverse ^ rotate(inverse, 1) ^ rotate(inverse, 2) ^ rotate(inverse, 3) ^ rotate(inverse, 4);
            substitute(power, mixed ^ 0x63);
        } while (power != 1);
        substitute(0, 0x63);
    }

    private final int[] keys;
    private final int rounds;

    /** Expands a key of 16, 24 or 32 octets, which stays the caller's. */
    Aes(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new IllegalArgumentException("AES key of " + key.length + " octets");
        }
        int words = key.length / 4;
        rounds = words + 6;
        keys = new int[4 * (rounds + 1)];
        for (int i = 0; i < words; i++) {
            keys[i] = word(key, 4 * i);
        }
        int constant = 1;
        for (int i = words; i < keys.length; i++) {
            int previous = keys[i - 1];
            if (i % words == 0) {
                previous = substituteWord(Integer.rotateLeft(previous, 8)) ^ constant << 24;
                constant = twice(constant);
            } else if (words > 6 && i % words == 4) {
                previous = substituteWord(previous);
            }
            keys[i] = keys[i - words] ^ previous;
        }
    }

    @Override
    public void apply(byte[] source, int sourceOffset, byte[] target, int targetOffset) {
        int[] k = keys;
        int a = word(source, sourceOffset) ^ k[0];
        int b = word(source, sourceOffset + 4) ^ k[1];
        int c = word(source, sourceOffset + 8) ^ k[2];
        int d = word(source, sourceOffset + 12) ^ k[3];
        int last = 4 * rounds;
        for (int i = 4; i < last; i += 4) {
            int nextA = mix(a, b, c, d) ^ k[i];
            int nextB = mix(b, c, d, a) ^ k[i + 1];
            int nextC = mix(c, d, a, b) ^ k[i + 2];
            d = mix(d, a, b, c) ^ k[i + 3];
            a = nextA;
            b = nextB;
            c = nextC;
        }
        putWord(target, targetOffset, gather(a, b, c, d) ^ k[last]);
        putWord(target, targetOffset + 4, gather(b, c, d, a) ^ k[last + 1]);
        putWord(target, targetOffset + 8, gather(c, d, a, b) ^ k[last + 2]);
        putWord(target, targetOffset + 12, gather(d, a, b, c) ^ k[last + 3]);
    }

    /** Overwrites the expanded key; the object is then of no use. */
    void wipe() {
        Arrays.fill(keys, 0);
    }

    /** One column after SubBytes, ShiftRows and MixColumns. */
    private static int mix(int a, int b, int c, int d) {
        return COLUMNS[a >>> 24]
                ^ Integer.rotateRight(COLUMNS[b >>> 16 & 0xff], 8)
                ^ Integer.rotateRight(COLUMNS[c >>> 8 & 0xff], 16)
                ^ Integer.rotateRight(COLUMNS[d & 0xff], 24);
    }

    /** One column after SubBytes and ShiftRows. */
    private static int gather(int a, int b, int c, int d) {
        return SUBSTITUTES[a >>> 24] << 24
                | (SUBSTITUTES[b >>> 16 & 0xff] & 0xff) << 16
                | (SUBSTITUTES[c >>> 8 & 0xff] & 0xff) << 8
                | SUBSTITUTES[d & 0xff] & 0xff;
    }

    private static int substituteWord(int word) {
        return gather(word, word, word, word);
    }

    private static void substitute(int octet, int substitute) {
        SUBSTITUTES[octet] = (byte) substitute;
        int twice = twice(substitute);
        COLUMNS[octet] = twice << 24 | substitute << 16 | substitute << 8 | twice ^ substitute;
    }

    /** Multiplies by 2 in the field of FIPS 197, 4.2. */
    private static int twice(int octet) {
        return (octet << 1 ^ (octet >> 7) * 0x11b) & 0xff;
    }

    /** Divides by 3, which is to multiply by 0xf6. */
    private static int third(int octet) {
        int product = 0;
        int shifted = octet;
        for (int factor = 0xf6; factor != 0; factor >>= 1) {
            product ^= (factor & 1) * shifted;
            shifted = twice(shifted);
        }
        return product;
    }

    private static int rotate(int octet, int bits) {
        return (octet << bits | octet >> (8 - bits)) & 0xff;
    }

    private static int word(byte[] octets, int offset) {
        return octets[offset] << 24
                | (octets[offset + 1] & 0xff) << 16
                | (octets[offset + 2] & 0xff) << 8
                | octets[offset + 3] & 0xff;
    }

    private static void putWord(byte[] octets, int offset, int word) {
        octets[offset] = (byte) (word >> 24);
        octets[offset + 1] = (byte) (word >> 16);
        octets[offset + 2] = (byte) (word >> 8);
        octets[offset + 3] = (byte) word;
    }
}
