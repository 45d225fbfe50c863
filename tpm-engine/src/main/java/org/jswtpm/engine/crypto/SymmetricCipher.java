package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * Block ciphers in the modes of a TPM, without padding (CryptSymmetricEncrypt and CryptSymmetricDecrypt of the
 * reference).
 *
 * <p>Data is transformed in place. The initialization vector is left as libtpms leaves it, so that the next call can
 * go on where this one ended: as the last block of ciphertext with CBC, as the next counter with CTR, as the last
 * block of key stream with OFB, and with CFB as the last block of ciphertext, filled up with key stream if the data
 * did not fill it. ECB has none.
 */
public final class SymmetricCipher {
    private SymmetricCipher() {}

    /**
     * Encrypts in place.
     *
     * @param iv one block, changed; ignored with ECB
     * @throws IllegalArgumentException if key or data do not have a size that algorithm and mode allow
     */
    public static void encrypt(SymmetricAlgorithm algorithm, SymmetricMode mode, byte[] key, byte[] iv, byte[] data) {
        check(algorithm, mode, iv, data);
        BlockFunction cipher = algorithm.withKey(true, key);
        switch (mode) {
            case CTR -> ctr(cipher, iv, data);
            case OFB -> ofb(cipher, iv, data);
            case CBC -> cbcEncrypt(cipher, iv, data);
            case CFB -> cfb(cipher, iv, data, true);
            case ECB -> ecb(cipher, algorithm.blockSize(), data);
        }
    }

    /**
     * Decrypts in place.
     *
     * @param iv one block, changed; ignored with ECB
     * @throws IllegalArgumentException if key or data do not have a size that algorithm and mode allow
     */
    public static void decrypt(SymmetricAlgorithm algorithm, SymmetricMode mode, byte[] key, byte[] iv, byte[] data) {
        check(algorithm, mode, iv, data);
        BlockFunction cipher = algorithm.withKey(!mode.needsWholeBlocks(), key);
        switch (mode) {
            case CTR -> ctr(cipher, iv, data);
            case OFB -> ofb(cipher, iv, data);
            case CBC -> cbcDecrypt(cipher, iv, data);
            case CFB -> cfb(cipher, iv, data, false);
            case ECB -> ecb(cipher, algorithm.blockSize(), data);
        }
    }

    private static void check(SymmetricAlgorithm algorithm, SymmetricMode mode, byte[] iv, byte[] data) {
        if (mode != SymmetricMode.ECB && iv.length != algorithm.blockSize()) {
            throw new IllegalArgumentException("initialization vector of " + iv.length + " octets");
        }
        if (mode.needsWholeBlocks() && data.length % algorithm.blockSize() != 0) {
            throw new IllegalArgumentException("no whole number of blocks: " + data.length + " octets");
        }
    }

    private static void cfb(BlockFunction cipher, byte[] iv, byte[] data, boolean encrypting) {
        int block = iv.length;
        for (int offset = 0; offset < data.length; offset += block) {
            cipher.apply(iv, 0, iv, 0);
            int size = Math.min(block, data.length - offset);
            for (int i = 0; i < size; i++) {
                byte in = data[offset + i];
                data[offset + i] ^= iv[i];
                iv[i] = encrypting ? data[offset + i] : in;
            }
        }
    }

    private static void ofb(BlockFunction cipher, byte[] iv, byte[] data) {
        int block = iv.length;
        for (int offset = 0; offset < data.length; offset += block) {
            cipher.apply(iv, 0, iv, 0);
            xor(data, offset, iv);
        }
    }

    private static void ctr(BlockFunction cipher, byte[] iv, byte[] data) {
        int block = iv.length;
        byte[] keyStream = new byte[block];
        for (int offset = 0; offset < data.length; offset += block) {
            cipher.apply(iv, 0, keyStream, 0);
            int i = block - 1;
            while (++iv[i] == 0 && i > 0) {
                i--;
            }
            xor(data, offset, keyStream);
        }
        Arrays.fill(keyStream, (byte) 0);
    }

    private static void cbcEncrypt(BlockFunction cipher, byte[] iv, byte[] data) {
        int block = iv.length;
        for (int offset = 0; offset < data.length; offset += block) {
            xor(data, offset, iv);
            cipher.apply(data, offset, data, offset);
            System.arraycopy(data, offset, iv, 0, block);
        }
    }

    private static void cbcDecrypt(BlockFunction cipher, byte[] iv, byte[] data) {
        int block = iv.length;
        byte[] ciphertext = new byte[block];
        for (int offset = 0; offset < data.length; offset += block) {
            System.arraycopy(data, offset, ciphertext, 0, block);
            cipher.apply(data, offset, data, offset);
            xor(data, offset, iv);
            System.arraycopy(ciphertext, 0, iv, 0, block);
        }
    }

    private static void ecb(BlockFunction cipher, int block, byte[] data) {
        for (int offset = 0; offset < data.length; offset += block) {
            cipher.apply(data, offset, data, offset);
        }
    }

    /** XORs a block, or what is left of the data, with {@code mask}. */
    private static void xor(byte[] data, int offset, byte[] mask) {
        int size = Math.min(mask.length, data.length - offset);
        for (int i = 0; i < size; i++) {
            data[offset + i] ^= mask[i];
        }
    }
}
