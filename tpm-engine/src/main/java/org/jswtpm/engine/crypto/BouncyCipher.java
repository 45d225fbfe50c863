package org.jswtpm.engine.crypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** A block cipher of Bouncy Castle; a TDES key of 16 octets is used as K1, K2, K1. */
final class BouncyCipher implements BlockFunction {
    private final BlockCipher engine;

    BouncyCipher(SymmetricAlgorithm algorithm, boolean forEncryption, byte[] key) {
        engine = switch (algorithm) {
            case AES -> AESEngine.newInstance();
            case TDES -> new DESedeEngine();
            case CAMELLIA -> new CamelliaEngine();
        };
        engine.init(forEncryption, new KeyParameter(key));
    }

    @Override
    public void apply(byte[] source, int sourceOffset, byte[] target, int targetOffset) {
        engine.processBlock(source, sourceOffset, target, targetOffset);
    }
}
