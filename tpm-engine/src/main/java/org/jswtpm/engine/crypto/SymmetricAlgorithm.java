package org.jswtpm.engine.crypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.params.KeyParameter;

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

    /** The cipher, keyed for one direction; a TDES key of 16 octets is used as K1, K2, K1. */
    BlockCipher engine(boolean forEncryption, byte[] key) {
        BlockCipher engine = switch (this) {
            case AES -> AESEngine.newInstance();
            case TDES -> new DESedeEngine();
            case CAMELLIA -> new CamelliaEngine();
        };
        engine.init(forEncryption, new KeyParameter(key));
        return engine;
    }
}
