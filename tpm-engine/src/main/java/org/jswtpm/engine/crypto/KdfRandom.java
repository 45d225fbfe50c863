package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * A source of octets that KDFa produces one after the other, from which TPM2_CreateLoaded draws a derived object
 * (Part 1, 28; DRBG_InstantiateSeededKdf of the reference).
 *
 * <p>Not thread safe. {@link #close()} wipes it.
 */
public final class KdfRandom implements RandomSource, AutoCloseable {
    /** What is hashed as the length of the derivation, and the most that can be drawn (TPM_MAX_DERIVATION_BITS). */
    private static final int LIMIT_BITS = 8192;

    private final Digest algorithm;
    private final byte[] key;
    private final byte[] label;
    private final byte[] context;
    private byte[] block = new byte[0];
    private int used;
    private int counter;

    /** A source that starts at the first block; the arrays stay the caller's. */
    public KdfRandom(Digest algorithm, byte[] key, byte[] label, byte[] context) {
        this.algorithm = algorithm;
        this.key = key.clone();
        this.label = label.clone();
        this.context = context.clone();
    }

    /**
     * Fills {@code target}.
     *
     * @throws IllegalStateException if that would be more than 8192 bits in all; no object of a TPM needs as many
     */
    @Override
    public void generate(byte[] target) {
        if ((counter * algorithm.size() + target.length) * 8 > LIMIT_BITS) {
            throw new IllegalStateException("derivation beyond its limit");
        }
        int done = 0;
        while (done < target.length) {
            if (used == block.length) {
                Arrays.fill(block, (byte) 0);
                block = Kdf.kdfaBlock(algorithm, key, label, context, new byte[0], LIMIT_BITS, ++counter);
                used = 0;
            }
            int step = Math.min(block.length - used, target.length - done);
            System.arraycopy(block, used, target, done, step);
            used += step;
            done += step;
        }
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(block, (byte) 0);
    }
}
