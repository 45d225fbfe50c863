package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * Reduces a string of any length to a seed for the generator; modelled on Block_Cipher_df of SP 800-90A, 10.3.2.
 *
 * <p>The reference differs from that document in two points, and every primary key depends on them: the three chains
 * are fed from one running XOR instead of being independent, and the lengths replace the first half of the first
 * chaining value instead of being hashed as data.
 */
final class DerivationFunction {
    private static final int BLOCK = Aes.BLOCK;
    private static final int CHAINS = Drbg.SEED_SIZE / BLOCK;

    private final Aes aes;
    private final byte[] chains = new byte[CHAINS * BLOCK];
    private final byte[] buffer = new byte[BLOCK];
    private final byte[] running = new byte[BLOCK];
    private int buffered;

    private DerivationFunction(int inputSize) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        aes = new Aes(key);
        for (int chain = 0; chain < CHAINS; chain++) {
            chains[chain * BLOCK + 3] = (byte) chain;
        }
        compress();
        putUint32(chains, 0, inputSize);
        putUint32(chains, 4, Drbg.SEED_SIZE);
        buffered = 4;
    }

    /** The seed that follows from the parts, one after the other; the caller's to wipe. */
    static byte[] derive(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        DerivationFunction function = new DerivationFunction(size);
        for (byte[] part : parts) {
            function.update(part);
        }
        return function.end();
    }

    private void update(byte[] data) {
        int done = 0;
        while (done < data.length) {
            int step = Math.min(BLOCK - buffered, data.length - done);
            System.arraycopy(data, done, buffer, buffered, step);
            buffered += step;
            done += step;
            if (buffered == BLOCK) {
                compress();
            }
        }
    }

    private byte[] end() {
        buffer[buffered] = (byte) 0x80;
        compress();
        return chains;
    }

    private void compress() {
        Arrays.fill(running, (byte) 0);
        for (int chain = 0; chain < CHAINS; chain++) {
            int offset = chain * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                running[i] ^= (byte) (chains[offset + i] ^ buffer[i]);
            }
            aes.apply(running, 0, chains, offset);
        }
        Arrays.fill(running, (byte) 0);
        Arrays.fill(buffer, (byte) 0);
        buffered = 0;
    }

    private static void putUint32(byte[] target, int offset, int value) {
        target[offset] = (byte) (value >> 24);
        target[offset + 1] = (byte) (value >> 16);
        target[offset + 2] = (byte) (value >> 8);
        target[offset + 3] = (byte) value;
    }
}
