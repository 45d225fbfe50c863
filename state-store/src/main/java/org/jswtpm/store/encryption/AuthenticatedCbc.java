package org.jswtpm.store.encryption;

import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * AES-CBC, and an HMAC-SHA-256 with the same key over the result: {@code docs/state/swtpm-files.md}, section 2.4.
 *
 * <p>Padding goes up to a multiple of the key's length, so with a 256-bit key it can be longer than an AES block.
 */
public final class AuthenticatedCbc {
    private static final int AES_BLOCK = 16;
    private static final int HMAC_SIZE = 32;
    private static final int MAX_IV = 64;

    private AuthenticatedCbc() {}

    /**
     * What {@link #seal} makes of a plain text.
     *
     * @param iv the initial vector that was given
     */
    public record Sealed(byte[] encrypted, byte[] hmac, byte[] iv) {}

    /**
     * Encrypts {@code plain}.
     *
     * @param key 16 or 32 octets
     * @param iv fresh random octets, as many as the key has; AES uses the first 16, the HMAC covers all
     */
    public static Sealed seal(byte[] key, byte[] plain, byte[] iv) {
        int padding = key.length - plain.length % key.length;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        try {
            byte[] encrypted = cbc(true, key, iv, padded);
            return new Sealed(encrypted, hmac(key, encrypted, iv), iv);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /**
     * Checks and decrypts what {@link #seal} made.
     *
     * @param iv empty in very old files
     * @throws StoreException with {@link StoreError#DECRYPT_ERROR} for a wrong key or damaged octets
     */
    public static byte[] open(byte[] key, byte[] encrypted, byte[] hmac, byte[] iv) throws StoreException {
        if (hmac.length != HMAC_SIZE) {
            throw new StoreException(StoreError.FAIL, "the HMAC has " + hmac.length + " octets");
        }
        if (iv.length != 0 && (iv.length < AES_BLOCK || iv.length > MAX_IV)) {
            throw new StoreException(StoreError.FAIL, "the initial vector has " + iv.length + " octets");
        }
        byte[] expected = hmac(key, encrypted, iv);
        if (!org.bouncycastle.util.Arrays.constantTimeAreEqual(expected, hmac)) {
            throw new StoreException(StoreError.DECRYPT_ERROR, "wrong key, or damaged: the HMAC does not match");
        }
        return decrypt(key, encrypted, iv);
    }

    /** Checks and decrypts a body of version 1: a hash and the octets that it is of, under a zero vector. */
    public static byte[] openVersion1(byte[] key, byte[] encrypted) throws StoreException {
        byte[] plain = decrypt(key, encrypted, new byte[0]);
        try {
            Digest digest = SHA256Digest.newInstance();
            byte[] hash = new byte[digest.getDigestSize()];
            if (plain.length < hash.length) {
                throw new StoreException(StoreError.FAIL, "too short for its hash");
            }
            digest.update(plain, hash.length, plain.length - hash.length);
            digest.doFinal(hash, 0);
            if (!Arrays.equals(hash, 0, hash.length, plain, 0, hash.length)) {
                throw new StoreException(StoreError.FAIL, "damaged: the hash does not match");
            }
            return Arrays.copyOfRange(plain, hash.length, plain.length);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] decrypt(byte[] key, byte[] encrypted, byte[] iv) throws StoreException {
        if (encrypted.length < key.length || encrypted.length % AES_BLOCK != 0) {
            throw new StoreException(StoreError.DECRYPT_ERROR, encrypted.length + " octets cannot be decrypted");
        }
        byte[] padded = cbc(false, key, iv, encrypted);
        try {
            int padding = padded[padded.length - 1] & 0xff;
            boolean wrong = padding == 0 || padding > key.length;
            for (int i = padded.length - padding; !wrong && i < padded.length; i++) {
                wrong = padded[i] != (byte) padding;
            }
            if (wrong) {
                throw new StoreException(StoreError.DECRYPT_ERROR, "wrong key, or damaged: the padding is wrong");
            }
            return Arrays.copyOf(padded, padded.length - padding);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    private static byte[] cbc(boolean encrypt, byte[] key, byte[] iv, byte[] input) {
        CBCModeCipher cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key), Arrays.copyOf(iv, AES_BLOCK)));
        byte[] output = new byte[input.length];
        for (int at = 0; at < input.length; at += AES_BLOCK) {
            cipher.processBlock(input, at, output, at);
        }
        return output;
    }

    private static byte[] hmac(byte[] key, byte[] encrypted, byte[] iv) {
        HMac mac = new HMac(SHA256Digest.newInstance());
        mac.init(new KeyParameter(key));
        mac.update(encrypted, 0, encrypted.length);
        mac.update(iv, 0, iv.length);
        byte[] result = new byte[HMAC_SIZE];
        mac.doFinal(result, 0);
        return result;
    }
}
