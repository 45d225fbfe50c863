package org.jswtpm.engine.crypto;

import java.security.MessageDigest;
import java.util.Optional;

/** TPM2_ECC_Encrypt and TPM2_ECC_Decrypt: obfuscation with a mask from KDF2 and an ephemeral key (Part 1, C.9). */
public final class EccEncryption {
    private EccEncryption() {}

    /**
     * What an encryption gives.
     *
     * @param c1 the ephemeral public key
     * @param c2 the obfuscated text, as long as the text
     * @param c3 the digest that binds the text to the keys
     */
    public record Ciphertext(EccPoint c1, byte[] c2, byte[] c3) {}

    /** Encrypts for the owner of a public key. */
    public static Ciphertext encrypt(EccPoint publicPoint, Digest algorithm, byte[] text, RandomSource random) {
        while (true) {
            EccPrivateKey ephemeral = EccPrivateKey.generate(publicPoint.curve(), random);
            Optional<EccPoint> shared = publicPoint.times(ephemeral);
            if (shared.isPresent()) {
                return new Ciphertext(
                        ephemeral.publicPoint(),
                        masked(shared.get(), algorithm, text),
                        check(shared.get(), algorithm, text));
            }
        }
    }

    /**
     * Decrypts.
     *
     * @return empty if {@code c3} does not fit the text (TPM_RC_VALUE)
     */
    public static Optional<byte[]> decrypt(EccPrivateKey key, Digest algorithm, Ciphertext ciphertext) {
        Optional<EccPoint> shared = ciphertext.c1.times(key);
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = masked(shared.get(), algorithm, ciphertext.c2);
        byte[] check = check(shared.get(), algorithm, text);
        return MessageDigest.isEqual(check, ciphertext.c3) ? Optional.of(text) : Optional.empty();
    }

    private static byte[] masked(EccPoint shared, Digest algorithm, byte[] text) {
        byte[] x = shared.x();
        byte[] y = shared.y();
        byte[] z = new byte[x.length + y.length];
        System.arraycopy(x, 0, z, 0, x.length);
        System.arraycopy(y, 0, z, x.length, y.length);
        byte[] masked = Kdf.kdf2(algorithm, z, text.length);
        for (int i = 0; i < text.length; i++) {
            masked[i] ^= text[i];
        }
        return masked;
    }

    private static byte[] check(EccPoint shared, Digest algorithm, byte[] text) {
        return Hasher.digest(algorithm, shared.x(), text, shared.y());
    }
}
