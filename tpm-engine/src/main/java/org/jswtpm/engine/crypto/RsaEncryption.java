package org.jswtpm.engine.crypto;

import java.util.Arrays;
import java.util.Optional;

/**
 * RSA encryption schemes (TPMT_RSA_DECRYPT, Part 2, 11.2.4.5). Encryption without a scheme is {@link RsaPublicKey#apply},
 * decryption {@link RsaPrivateKey#apply}.
 */
public final class RsaEncryption {
    /** The octets around a message in PKCS1-v1_5: three fixed ones and at least eight random ones. */
    private static final int PKCS1_OVERHEAD = 11;

    private RsaEncryption() {}

    /**
     * RSAES-OAEP (TPM_ALG_OAEP; Part 1, B.4).
     *
     * @param label with its zero octet, as TPM2_RSA_Encrypt has it; may be empty
     * @return empty if the message is too long
     */
    public static Optional<byte[]> encryptOaep(
            RsaPublicKey key, Digest algorithm, byte[] label, byte[] message, RandomSource random) {
        return Oaep.pad(algorithm, label, message, key.size(), random).flatMap(key::apply);
    }

    /** RSAES-OAEP with a label of the specification, such as "DUPLICATE", whose zero octet is added here. */
    public static Optional<byte[]> encryptOaep(
            RsaPublicKey key, Digest algorithm, String label, byte[] message, RandomSource random) {
        return encryptOaep(key, algorithm, Kdf.label(label), message, random);
    }

    /**
     * RSAES-OAEP (TPM_ALG_OAEP; Part 1, B.4).
     *
     * @param ciphertext as long as the modulus
     * @return empty if the ciphertext was not made so with this label
     */
    public static Optional<byte[]> decryptOaep(RsaPrivateKey key, Digest algorithm, byte[] label, byte[] ciphertext) {
        return key.apply(ciphertext).flatMap(padded -> Oaep.unpad(algorithm, label, padded));
    }

    /** RSAES-OAEP with a label of the specification, such as "DUPLICATE", whose zero octet is added here. */
    public static Optional<byte[]> decryptOaep(RsaPrivateKey key, Digest algorithm, String label, byte[] ciphertext) {
        return decryptOaep(key, algorithm, Kdf.label(label), ciphertext);
    }

    /**
     * RSAES-PKCS1-v1_5 (TPM_ALG_RSAES; Part 1, B.3).
     *
     * @return empty if the message is too long
     */
    public static Optional<byte[]> encryptPkcs1(RsaPublicKey key, byte[] message, RandomSource random) {
        if (message.length > key.size() - PKCS1_OVERHEAD) {
            return Optional.empty();
        }
        byte[] padding = random.generate(key.size() - message.length - 3);
        byte[] padded = new byte[key.size()];
        padded[1] = 2;
        for (int i = 0; i < padding.length; i++) {
            while (padding[i] == 0) {
                padding[i] = random.generate(1)[0];
            }
            padded[2 + i] = padding[i];
        }
        System.arraycopy(message, 0, padded, key.size() - message.length, message.length);
        return key.apply(padded);
    }

    /**
     * RSAES-PKCS1-v1_5 (TPM_ALG_RSAES; Part 1, B.3).
     *
     * @param ciphertext as long as the modulus
     * @return empty if the ciphertext was not made so
     */
    public static Optional<byte[]> decryptPkcs1(RsaPrivateKey key, byte[] ciphertext) {
        return key.apply(ciphertext).flatMap(RsaEncryption::unpadPkcs1);
    }

    private static Optional<byte[]> unpadPkcs1(byte[] padded) {
        boolean bad = padded[0] != 0 | padded[1] != 2;
        int end = 0;
        for (int i = 2; i < padded.length; i++) {
            if (end == 0 & padded[i] == 0) {
                end = i;
            }
        }
        bad |= end < PKCS1_OVERHEAD - 1;
        return bad ? Optional.empty() : Optional.of(Arrays.copyOfRange(padded, end + 1, padded.length));
    }
}
