package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The source of the nonces of one signature: the generator of RFC 6979, 3.2 (HMAC_DRBG of SP 800-90A, 10.1.2), seeded with the
 * private key, what is signed, and octets of the TPM's own generator as additional data (3.6). As long as that one works, equal
 * digests are signed with different nonces; should it ever repeat itself, different digests still are, so that no two signatures
 * tell the private key.
 *
 * <p>Not thread safe. {@link #close()} wipes it.
 */
final class HedgedRandom implements RandomSource, AutoCloseable {
    /** As strong as the strongest curve, and done by the processor. */
    private static final Digest DIGEST = Digest.SHA256;

    private static final int FRESH = 32;
    private static final int CONTEXT = 6;

    private byte[] key = new byte[DIGEST.size()];
    private byte[] value = new byte[DIGEST.size()];
    private boolean hasAnswered;

    /**
     * The generator of RFC 6979, whose first octets are the k of its examples.
     *
     * @param privateKey x, as many octets as the order has
     * @param digest h1, reduced and as long (bits2octets)
     * @param additional k', any number of parts
     */
    HedgedRandom(byte[] privateKey, byte[] digest, byte[]... additional) {
        Arrays.fill(value, (byte) 1);
        for (int round = 0; round < 2; round++) {
            Hmac hmac = Hmac.of(DIGEST, key).update(value).updateByte(round);
            hmac.update(privateKey).update(digest);
            for (byte[] part : additional) {
                hmac.update(part);
            }
            rekey(hmac);
        }
    }

    /**
     * The nonces with which {@code signer} signs {@code digest}.
     *
     * @param scheme the TPM_ALG_ID of the scheme
     * @param algorithm the hash that the scheme computes; null for none
     * @param random the TPM's own generator
     */
    static HedgedRandom of(int scheme, Digest algorithm, EccPrivateKey signer, byte[] digest, RandomSource random) {
        EccCurve curve = signer.curve();
        BigInteger order = curve.order();
        byte[] reduced =
                Numbers.octets(Ecdsa.leadingBits(digest, order.bitLength()).mod(order), curve.orderSize());
        byte[] context = context(scheme, algorithm, curve);
        byte[] privateKey = Numbers.octets(signer.scalar(), curve.orderSize());
        byte[] fresh = random.generate(FRESH);
        try {
            return new HedgedRandom(privateKey, reduced, context, digest, fresh);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
            Arrays.fill(fresh, (byte) 0);
        }
    }

    /**
     * What a signature depends on beside the digest. A nonce must not serve two schemes, hashes or curves either; nor two digests
     * whose leading bits are the same or which differ by the order, which is why the digest goes in whole as well.
     */
    private static byte[] context(int scheme, Digest algorithm, EccCurve curve) {
        byte[] context = new byte[CONTEXT];
        int hash = algorithm == null ? 0 : algorithm.algId();
        int[] words = {scheme, hash, curve.id()};
        for (int i = 0; i < CONTEXT; i++) {
            context[i] = (byte) (words[i / 2] >> (i % 2 == 0 ? Byte.SIZE : 0));
        }
        return context;
    }

    @Override
    public void generate(byte[] target) {
        if (hasAnswered) {
            rekey(Hmac.of(DIGEST, key).update(value).updateByte(0));
        }
        hasAnswered = true;
        for (int done = 0; done < target.length; done += value.length) {
            nextValue();
            System.arraycopy(value, 0, target, done, Math.min(value.length, target.length - done));
        }
    }

    private void rekey(Hmac hmac) {
        Arrays.fill(key, (byte) 0);
        key = hmac.mac();
        nextValue();
    }

    private void nextValue() {
        byte[] next = Hmac.mac(DIGEST, key, value);
        Arrays.fill(value, (byte) 0);
        value = next;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(value, (byte) 0);
    }
}
