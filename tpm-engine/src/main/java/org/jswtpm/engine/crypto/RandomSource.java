package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Where key generation takes its random octets from: the TPM's own generator, or one that a seed determines.
 *
 * <p>Which octets a key takes, in which order and in pieces of which size, is part of the format: it decides which
 * primary key follows from a seed.
 */
public interface RandomSource {
    /** Fills {@code target} with the next octets. */
    void generate(byte[] target);

    /** The rules by which keys are made from this source. */
    default SeedCompatLevel seedCompatLevel() {
        return SeedCompatLevel.LATEST;
    }

    /** The next {@code size} octets in a new array, which is the caller's. */
    default byte[] generate(int size) {
        byte[] octets = new byte[size];
        generate(octets);
        return octets;
    }

    /** A number from the next {@code size} octets, big endian. */
    default BigInteger generateInteger(int size) {
        byte[] octets = generate(size);
        BigInteger number = new BigInteger(1, octets);
        Arrays.fill(octets, (byte) 0);
        return number;
    }

    /** Where this source is now, so that it can be set back; null if that is not possible. */
    default Mark mark() {
        return null;
    }

    /** A place in the sequence of octets. */
    interface Mark {
        /** Sets the source back: it draws again what it has drawn since. */
        void rewind();

        /** Forgets the place. */
        void wipe();
    }
}
