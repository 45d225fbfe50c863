package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * The key derivation and mask generation functions of a TPM.
 *
 * <p>No array that is given is changed or kept, and every result is the caller's to wipe.
 */
public final class Kdf {
    /** The most that one call may derive, as in the reference: what a signed 16-bit count of octets can hold. */
    private static final int MAX_OCTETS = 0x7fff;

    private Kdf() {}

    /**
     * KDFa with a label of the specification, such as "CFB" (Part 1, 11.4.10.2).
     *
     * @param bits how much to derive; also part of what is hashed
     */
    public static byte[] kdfa(Digest algorithm, byte[] key, String label, byte[] contextU, byte[] contextV, int bits) {
        return kdfa(algorithm, key, label(label), contextU, contextV, bits);
    }

    /**
     * KDFa with a label of octets (Part 1, 11.4.10.2). One zero octet follows a label that does not end with one.
     *
     * <p>As in libtpms the surplus bits of the first octet are left as they are where {@code bits} is no multiple of
     * eight: a TPM never asks for such a length, except through callers that mask for themselves.
     */
    public static byte[] kdfa(Digest algorithm, byte[] key, byte[] label, byte[] contextU, byte[] contextV, int bits) {
        byte[] derived = new byte[octets(bits)];
        int size = algorithm.size();
        for (int block = 0; block * size < derived.length; block++) {
            byte[] mac = kdfaBlock(algorithm, key, label, contextU, contextV, bits, block + 1);
            System.arraycopy(mac, 0, derived, block * size, Math.min(size, derived.length - block * size));
            Arrays.fill(mac, (byte) 0);
        }
        return derived;
    }

    /** One block of KDFa; the first one has the counter 1. */
    static byte[] kdfaBlock(
            Digest algorithm, byte[] key, byte[] label, byte[] contextU, byte[] contextV, int bits, int counter) {
        Hmac hmac = Hmac.of(algorithm, key).updateUint32(counter).update(label);
        if (label.length == 0 || label[label.length - 1] != 0) {
            hmac.updateByte(0);
        }
        return hmac.update(contextU).update(contextV).updateUint32(bits).mac();
    }

    /**
     * KDFe, the one-step derivation from an ECDH secret (Part 1, 11.4.10.3).
     *
     * @param z the x-coordinate of the shared point, padded to the size of the curve
     * @param label the use, such as "SECRET"; its zero octet is hashed with it
     * @param bits how much to derive; surplus bits of the first octet are cleared
     */
    public static byte[] kdfe(Digest algorithm, byte[] z, String label, byte[] partyU, byte[] partyV, int bits) {
        byte[] derived = new byte[octets(bits)];
        byte[] use = label(label);
        int size = algorithm.size();
        Hasher hasher = Hasher.of(algorithm);
        for (int block = 0; block * size < derived.length; block++) {
            hasher.updateUint32(block + 1).update(z).update(use).update(partyU).update(partyV);
            byte[] digest = hasher.digest();
            System.arraycopy(digest, 0, derived, block * size, Math.min(size, derived.length - block * size));
            Arrays.fill(digest, (byte) 0);
        }
        if ((bits & 7) != 0) {
            derived[0] &= (byte) ((1 << (bits & 7)) - 1);
        }
        return derived;
    }

    /** MGF1 of RFC 8017, B.2.1, which is also KDF1 of ISO/IEC 18033-2: the counter starts at zero. */
    public static byte[] mgf1(Digest algorithm, byte[] seed, int size) {
        return mask(algorithm, seed, size, 0);
    }

    /** KDF2 of ISO/IEC 18033-2: MGF1 with a counter that starts at one. */
    public static byte[] kdf2(Digest algorithm, byte[] seed, int size) {
        return mask(algorithm, seed, size, 1);
    }

    /**
     * XORs {@code data} in place with a mask from KDFa (Part 1, 11.4.6.3): XOR parameter encryption, and the
     * obfuscation of TPM_ALG_XOR keys.
     */
    public static void xorObfuscate(Digest algorithm, byte[] key, byte[] contextU, byte[] contextV, byte[] data) {
        byte[] mask = kdfa(algorithm, key, "XOR", contextU, contextV, data.length * 8);
        for (int i = 0; i < data.length; i++) {
            data[i] ^= mask[i];
        }
        Arrays.fill(mask, (byte) 0);
    }

    /** The octets of a label of the specification, with the zero octet that ends it. */
    static byte[] label(String text) {
        byte[] label = new byte[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            label[i] = (byte) text.charAt(i);
        }
        return label;
    }

    private static byte[] mask(Digest algorithm, byte[] seed, int size, int firstCounter) {
        byte[] mask = new byte[size];
        Hasher hasher = Hasher.of(algorithm);
        int counter = firstCounter;
        for (int done = 0; done < size; done += algorithm.size()) {
            byte[] digest = hasher.update(seed).updateUint32(counter++).digest();
            System.arraycopy(digest, 0, mask, done, Math.min(digest.length, size - done));
        }
        return mask;
    }

    private static int octets(int bits) {
        int octets = (bits + 7) / 8;
        if (bits < 0 || octets > MAX_OCTETS) {
            throw new IllegalArgumentException("derivation of " + bits + " bits");
        }
        return octets;
    }
}
