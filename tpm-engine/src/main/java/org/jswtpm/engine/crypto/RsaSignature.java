package org.jswtpm.engine.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** RSA signature schemes over a digest that is already there (TPMT_SIG_SCHEME; Part 1, B.5 and B.6). */
public final class RsaSignature {
    /** The octets around a digest in PKCS1-v1_5: three fixed ones and at least eight of 0xff. */
    private static final int PKCS1_OVERHEAD = 11;

    private static final int PSS_TRAILER = 0xbc;

    private RsaSignature() {}

    /**
     * RSASSA-PKCS1-v1_5 (TPM_ALG_RSASSA).
     *
     * @return empty if the digest is not one of {@code algorithm}, or the modulus too short
     */
    public static Optional<byte[]> signPkcs1(RsaPrivateKey key, Digest algorithm, byte[] digest) {
        return encodePkcs1(algorithm, digest, key.publicKey().size()).flatMap(key::apply);
    }

    /**
     * RSASSA-PKCS1-v1_5 over octets of the caller's where the DigestInfo would be (TPM_SS_RSASSAPKCS1v15_DER of TPM 1.2).
     *
     * @return empty if the modulus is too short
     */
    public static Optional<byte[]> signPkcs1Unhashed(RsaPrivateKey key, byte[] message) {
        int size = key.publicKey().size();
        if (message.length > size - PKCS1_OVERHEAD) {
            return Optional.empty();
        }
        byte[] encoded = new byte[size];
        Arrays.fill(encoded, 2, size - message.length - 1, (byte) 0xff);
        encoded[1] = 1;
        System.arraycopy(message, 0, encoded, size - message.length, message.length);
        return key.apply(encoded);
    }

    /** Whether a signature of this digest by RSASSA-PKCS1-v1_5. */
    public static boolean verifyPkcs1(RsaPublicKey key, Digest algorithm, byte[] digest, byte[] signature) {
        if (signature.length != key.size()) {
            return false;
        }
        Optional<byte[]> encoded = key.apply(signature);
        Optional<byte[]> expected = encodePkcs1(algorithm, digest, key.size());
        return encoded.isPresent() && expected.isPresent() && MessageDigest.isEqual(encoded.get(), expected.get());
    }

    /**
     * RSASSA-PSS (TPM_ALG_RSAPSS). The salt is as long as the digest, or what the modulus leaves room for.
     *
     * @return empty if the digest is not one of {@code algorithm}, or the modulus too short
     */
    public static Optional<byte[]> signPss(RsaPrivateKey key, Digest algorithm, byte[] digest, RandomSource random) {
        int size = key.publicKey().size();
        int saltSize = pssSaltSize(algorithm, size);
        if (digest.length != algorithm.size() || saltSize < 0) {
            return Optional.empty();
        }
        byte[] salt = random.generate(saltSize);
        byte[] hash = Hasher.digest(algorithm, new byte[8], digest, salt);
        byte[] block = new byte[size - hash.length - 1];
        block[block.length - saltSize - 1] = 1;
        System.arraycopy(salt, 0, block, block.length - saltSize, saltSize);
        xor(block, Kdf.mgf1(algorithm, hash, block.length));
        block[0] &= 0x7f;

        byte[] encoded = Arrays.copyOf(block, size);
        System.arraycopy(hash, 0, encoded, block.length, hash.length);
        encoded[size - 1] = (byte) PSS_TRAILER;
        return key.apply(encoded);
    }

    /** Octets of the salt of a signature with a modulus of {@code size} octets; negative if that is too short for any. */
    public static int pssSaltSize(Digest algorithm, int size) {
        return Math.min(algorithm.size(), size - algorithm.size() - 2);
    }

    /** Whether a signature of this digest by RSASSA-PSS, with a salt of any length. */
    public static boolean verifyPss(RsaPublicKey key, Digest algorithm, byte[] digest, byte[] signature) {
        int size = key.size();
        int hashSize = algorithm.size();
        if (signature.length != size || digest.length != hashSize || size < hashSize + 2) {
            return false;
        }
        Optional<byte[]> opened = key.apply(signature);
        return opened.isPresent() && matchesPss(algorithm, digest, opened.get());
    }

    private static boolean matchesPss(Digest algorithm, byte[] digest, byte[] encoded) {
        int blockSize = encoded.length - algorithm.size() - 1;
        byte[] block = Arrays.copyOf(encoded, blockSize);
        byte[] hash = Arrays.copyOfRange(encoded, blockSize, encoded.length - 1);
        if (encoded[0] < 0 || (encoded[encoded.length - 1] & 0xff) != PSS_TRAILER) {
            return false;
        }
        xor(block, Kdf.mgf1(algorithm, hash, blockSize));
        block[0] &= 0x7f;
        int separator = 0;
        while (separator < blockSize && block[separator] == 0) {
            separator++;
        }
        if (separator == blockSize || block[separator] != 1) {
            return false;
        }
        byte[] salt = Arrays.copyOfRange(block, separator + 1, blockSize);
        return MessageDigest.isEqual(hash, Hasher.digest(algorithm, new byte[8], digest, salt));
    }

    private static Optional<byte[]> encodePkcs1(Digest algorithm, byte[] digest, int size) {
        byte[] prefix = algorithm.derPrefix();
        int used = prefix.length + digest.length;
        if (digest.length != algorithm.size() || size < used + PKCS1_OVERHEAD) {
            return Optional.empty();
        }
        byte[] encoded = new byte[size];
        encoded[1] = 1;
        Arrays.fill(encoded, 2, size - used - 1, (byte) 0xff);
        System.arraycopy(prefix, 0, encoded, size - used, prefix.length);
        System.arraycopy(digest, 0, encoded, size - digest.length, digest.length);
        return Optional.of(encoded);
    }

    private static void xor(byte[] target, byte[] mask) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= mask[i];
        }
    }
}
