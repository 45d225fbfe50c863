package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * A running CMAC (SP 800-38B; TPM_ALG_CMAC). Not thread safe.
 *
 * <p>As in the reference the constant 0x87 is used for blocks of any size, though the standard asks for 0x1b with the
 * blocks of TDES.
 */
public final class Cmac {
    private final BlockFunction cipher;
    private final byte[] chain;
    private int filled;

    /** A new CMAC; {@code key} stays the caller's. */
    public Cmac(SymmetricAlgorithm algorithm, byte[] key) {
        cipher = algorithm.withKey(true, key);
        chain = new byte[algorithm.blockSize()];
    }

    /** The CMAC of {@code data}. */
    public static byte[] mac(SymmetricAlgorithm algorithm, byte[] key, byte[] data) {
        Cmac cmac = new Cmac(algorithm, key);
        cmac.update(data);
        return cmac.mac();
    }

    /** Adds octets. */
    public void update(byte[] data) {
        for (byte octet : data) {
            if (filled == chain.length) {
                cipher.apply(chain, 0, chain, 0);
                filled = 0;
            }
            chain[filled++] ^= octet;
        }
    }

    /** Completes the CMAC, one block, and starts over. */
    public byte[] mac() {
        byte[] subkey = new byte[chain.length];
        cipher.apply(subkey, 0, subkey, 0);
        twice(subkey);
        if (filled < chain.length) {
            chain[filled] ^= (byte) 0x80;
            twice(subkey);
        }
        for (int i = 0; i < chain.length; i++) {
            chain[i] ^= subkey[i];
        }
        byte[] mac = new byte[chain.length];
        cipher.apply(chain, 0, mac, 0);
        Arrays.fill(subkey, (byte) 0);
        Arrays.fill(chain, (byte) 0);
        filled = 0;
        return mac;
    }

    /** Doubles a number of the field that the blocks are. */
    private static void twice(byte[] block) {
        int carry = block[0] < 0 ? 0x87 : 0;
        for (int i = 0; i < block.length - 1; i++) {
            block[i] = (byte) (block[i] << 1 | (block[i + 1] & 0xff) >> 7);
        }
        block[block.length - 1] = (byte) (block[block.length - 1] << 1 ^ carry);
    }
}
