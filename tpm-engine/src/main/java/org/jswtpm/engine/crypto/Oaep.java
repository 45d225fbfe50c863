package org.jswtpm.engine.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The OAEP padding of RFC 8017, 7.1 (Part 1, B.4): one hash for the label and for the masks. */
final class Oaep {
    private Oaep() {}

    /**
     * Pads a message.
     *
     * @param size octets of the modulus
     * @return empty if the message is too long
     */
    static Optional<byte[]> pad(Digest algorithm, byte[] label, byte[] message, int size, RandomSource random) {
        int hashSize = algorithm.size();
        if (message.length > size - 2 * hashSize - 2) {
            return Optional.empty();
        }
        byte[] block = new byte[size - hashSize - 1];
        System.arraycopy(Hasher.digest(algorithm, label), 0, block, 0, hashSize);
        block[block.length - message.length - 1] = 1;
        System.arraycopy(message, 0, block, block.length - message.length, message.length);
        byte[] seed = random.generate(hashSize);
        xor(block, Kdf.mgf1(algorithm, seed, block.length));
        xor(seed, Kdf.mgf1(algorithm, block, hashSize));

        byte[] padded = new byte[size];
        System.arraycopy(seed, 0, padded, 1, hashSize);
        System.arraycopy(block, 0, padded, 1 + hashSize, block.length);
        return Optional.of(padded);
    }

    /** The message in a padded block; empty, after the same work for any fault, if it was not padded so. */
    static Optional<byte[]> unpad(Digest algorithm, byte[] label, byte[] padded) {
        int hashSize = algorithm.size();
        if (padded.length < 2 * hashSize + 2) {
            return Optional.empty();
        }
        byte[] seed = Arrays.copyOfRange(padded, 1, 1 + hashSize);
        byte[] block = Arrays.copyOfRange(padded, 1 + hashSize, padded.length);
        xor(seed, Kdf.mgf1(algorithm, block, hashSize));
        xor(block, Kdf.mgf1(algorithm, seed, block.length));

        byte[] hash = Arrays.copyOf(block, hashSize);
        boolean bad = padded[0] != 0 | !MessageDigest.isEqual(hash, Hasher.digest(algorithm, label));
        int start = 0;
        for (int i = hashSize; i < block.length; i++) {
            boolean first = start == 0;
            if (first & block[i] != 0) {
                start = i + 1;
                bad |= block[i] != 1;
            }
        }
        bad |= start == 0;
        Optional<byte[]> message = bad ? Optional.empty() : Optional.of(Arrays.copyOfRange(block, start, block.length));
        Arrays.fill(block, (byte) 0);
        return message;
    }

    private static void xor(byte[] target, byte[] mask) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= mask[i];
        }
        Arrays.fill(mask, (byte) 0);
    }
}
