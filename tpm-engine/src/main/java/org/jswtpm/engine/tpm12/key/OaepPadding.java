package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DECRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;

/**
 * The padding of RSAES-OAEP with SHA-1, without the encryption, where the caller chooses the seed and the digest of the label
 * (Part 3, 11.1). There is no zero in front, and nothing between the digest and the octet that ends the padding.
 *
 * @param seed what stood in the place of random octets
 * @param pHash what stood in the place of the digest of a label
 * @param message the rest
 */
record OaepPadding(Secret seed, Secret pHash, Secret message) implements AutoCloseable {
    static final int SEED_SIZE = TpmLimits.DIGEST_SIZE;

    private static final int HASH_SIZE = TpmLimits.DIGEST_SIZE;
    /** The octet that ends the padding. */
    private static final int PADDING_SIZE = 1;

    /** Pads. */
    static byte[] pad(byte[] message, byte[] pHash, byte[] seed) {
        byte[] padded = new byte[SEED_SIZE + HASH_SIZE + PADDING_SIZE + message.length];
        System.arraycopy(seed, 0, padded, 0, SEED_SIZE);
        System.arraycopy(pHash, 0, padded, SEED_SIZE, HASH_SIZE);
        padded[padded.length - message.length - 1] = 1;
        System.arraycopy(message, 0, padded, padded.length - message.length, message.length);
        mask(padded, 0, SEED_SIZE, SEED_SIZE, padded.length);
        mask(padded, SEED_SIZE, padded.length, 0, SEED_SIZE);
        return padded;
    }

    /** Takes {@code padded} apart, which is changed; else TPM_DECRYPT_ERROR. */
    static OaepPadding open(byte[] padded) {
        check(padded.length > SEED_SIZE + HASH_SIZE, DECRYPT_ERROR);
        mask(padded, SEED_SIZE, padded.length, 0, SEED_SIZE);
        mask(padded, 0, SEED_SIZE, SEED_SIZE, padded.length);
        int end = SEED_SIZE + HASH_SIZE;
        while (end < padded.length && padded[end] == 0) {
            end++;
        }
        check(end < padded.length && padded[end] == 1, DECRYPT_ERROR);
        return new OaepPadding(
                Secret.take(Arrays.copyOf(padded, SEED_SIZE)),
                Secret.take(Arrays.copyOfRange(padded, SEED_SIZE, SEED_SIZE + HASH_SIZE)),
                Secret.take(Arrays.copyOfRange(padded, end + 1, padded.length)));
    }

    /** Masks one part of {@code data} with MGF1 of another. */
    private static void mask(byte[] data, int seedFrom, int seedTo, int from, int to) {
        byte[] seed = Arrays.copyOfRange(data, seedFrom, seedTo);
        byte[] mask = Kdf.mgf1(Digest.SHA1, seed, to - from);
        for (int i = from; i < to; i++) {
            data[i] ^= mask[i - from];
        }
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(mask, (byte) 0);
    }

    @Override
    public void close() {
        seed.close();
        pHash.close();
        message.close();
    }
}
