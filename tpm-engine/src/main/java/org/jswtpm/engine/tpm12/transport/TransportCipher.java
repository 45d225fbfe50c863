package org.jswtpm.engine.tpm12.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** How a transport session encrypts commands and responses (Part 3, 24.2): each way back is the same as the way there. */
public final class TransportCipher {
    /** For commands. */
    public static final String IN = "in";
    /** For responses. */
    public static final String OUT = "out";

    private static final int AES_SIZE = 16;

    private TransportCipher() {}

    /** This TPM can encrypt so; else TPM_INAPPROPRIATE_ENC, TPM_BAD_KEY_PROPERTY. */
    public static void check(TransportPublic publicPart, boolean isFips) {
        boolean isAppropriate = switch (publicPart.algorithmId()) {
            case AlgorithmId.MGF1 -> !isFips && publicPart.encScheme() == AlgorithmId.ES_NONE;
            case AlgorithmId.AES128 ->
                publicPart.encScheme() == AlgorithmId.ES_SYM_CTR || publicPart.encScheme() == AlgorithmId.ES_SYM_OFB;
            default -> throw BAD_KEY_PROPERTY.exception();
        };
        TpmResult.check(isAppropriate, INAPPROPRIATE_ENC);
    }

    /**
     * Encrypts or decrypts a part of a command or response in place.
     *
     * @param authData the shared secret of the session; lent
     * @param nonces nonceEven and nonceOdd
     * @param direction {@link #IN} or {@link #OUT}
     */
    public static void apply(
            TransportPublic publicPart,
            Secret authData,
            Bytes nonces,
            String direction,
            byte[] octets,
            int at,
            int size) {
        byte[] part = Arrays.copyOfRange(octets, at, at + size);
        byte[] seed = nonces.then(Bytes.wrap(direction.getBytes(StandardCharsets.US_ASCII)))
                .toArray();
        authData.lend(secret -> {
            if (publicPart.algorithmId() == AlgorithmId.MGF1) {
                mask(part, seed, secret);
            } else {
                encrypt(publicPart, part, seed, secret);
            }
        });
        System.arraycopy(part, 0, octets, at, size);
        Arrays.fill(part, (byte) 0);
    }

    private static void mask(byte[] part, byte[] seed, byte[] secret) {
        byte[] secretSeed = Arrays.copyOf(seed, seed.length + secret.length);
        System.arraycopy(secret, 0, secretSeed, seed.length, secret.length);
        byte[] mask = Kdf.mgf1(Digest.SHA1, secretSeed, part.length);
        for (int i = 0; i < part.length; i++) {
            part[i] ^= mask[i];
        }
        Arrays.fill(secretSeed, (byte) 0);
        Arrays.fill(mask, (byte) 0);
    }

    private static void encrypt(TransportPublic publicPart, byte[] part, byte[] seed, byte[] secret) {
        SymmetricMode mode = publicPart.encScheme() == AlgorithmId.ES_SYM_CTR ? SymmetricMode.CTR : SymmetricMode.OFB;
        byte[] key = Arrays.copyOf(secret, AES_SIZE);
        byte[] iv = Kdf.mgf1(Digest.SHA1, seed, AES_SIZE);
        SymmetricCipher.encrypt(SymmetricAlgorithm.AES, mode, key, iv, part);
        Arrays.fill(key, (byte) 0);
    }
}
