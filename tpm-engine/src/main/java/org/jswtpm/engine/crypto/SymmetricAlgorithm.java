package org.jswtpm.engine.crypto;

/** The block ciphers of the engine. */
public enum SymmetricAlgorithm {
    TDES(0x0003, 8),
    AES(0x0006, 16),
    CAMELLIA(0x0026, 16);

    private final int algId;
    private final int blockSize;

    SymmetricAlgorithm(int algId, int blockSize) {
        this.algId = algId;
        this.blockSize = blockSize;
    }

    /** The algorithm of a TPM_ALG_ID, or null where the engine has no such block cipher. */
    public static SymmetricAlgorithm of(int algId) {
        return switch (algId) {
            case 0x0003 -> TDES;
            case 0x0006 -> AES;
            case 0x0026 -> CAMELLIA;
            default -> null;
        };
    }

    /** The TPM_ALG_ID (Part 2, 6.3). */
    public int algId() {
        return algId;
    }

    /** Octets of a block, which is also the size of an initialization vector. */
    public int blockSize() {
        return blockSize;
    }

    /** The cipher, keyed for one direction; {@code key} stays the caller's. */
    BlockFunction withKey(boolean forEncryption, byte[] key) {
        return this == AES && forEncryption ? new Aes(key) : new BouncyCipher(this, forEncryption, key);
    }
}
