package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/** The TPM's part in Elliptic Curve Direct Anonymous Attestation (TPM_ALG_ECDAA, Part 1, C.4.3). */
public final class Ecdaa {
    private static final int ALG_ID = 0x001A;
    private static final int MAX_ATTEMPTS = 1_000_000;

    private Ecdaa() {}

    /**
     * The secret r of a commitment (CryptGenerateR): TPM2_Commit and the signature that ends the commitment compute the
     * same one.
     *
     * @param algorithm the hash that protects contexts
     * @param nonce the TPM's commitNonce
     * @param name the Name of the signing key; empty for TPM2_EC_Ephemeral
     * @param count the commitment's value of commitCounter, in full
     * @return as long as the order of the curve; empty if no attempt gave a usable number
     */
    public static Optional<byte[]> commitRandom(
            EccCurve curve, Digest algorithm, byte[] nonce, byte[] name, long count) {
        int size = curve.orderSize();
        byte[] counter = new byte[8];
        for (int i = 0; i < 8; i++) {
            counter[i] = (byte) (count >> (56 - 8 * i));
        }
        byte[] label = Kdf.label("ECDAA Commit");
        for (int done = 1; done < MAX_ATTEMPTS; ) {
            byte[] r = new byte[size];
            for (int filled = 0; filled < size; filled += algorithm.size()) {
                byte[] block = Kdf.kdfaBlock(algorithm, nonce, label, name, counter, size * 8, ++done);
                System.arraycopy(block, 0, r, filled, Math.min(block.length, size - filled));
            }
            if (new BigInteger(1, r).compareTo(curve.order()) < 0 && hasUpperHalf(r)) {
                return Optional.of(r);
            }
        }
        return Optional.empty();
    }

    /**
     * Signs a digest: s = r + T d, where T is the hash of a new nonce and the digest.
     *
     * @param key the signing key
     * @param algorithm the hash of the scheme
     * @param r what {@link #commitRandom} gives
     * @return the nonce, without leading zeros, and s
     */
    public static EccSignature sign(EccPrivateKey key, Digest algorithm, byte[] digest, byte[] r, RandomSource random) {
        EccCurve curve = key.curve();
        try (HedgedRandom nonces = HedgedRandom.of(ALG_ID, algorithm, key, digest, random)) {
            while (true) {
                byte[] nonce = BigIntegers.asUnsignedByteArray(
                        EccPrivateKey.generate(curve, nonces).scalar());
                BigInteger t = new BigInteger(1, Hasher.digest(algorithm, nonce, digest));
                Optional<BigInteger> s = EcSchnorr.response(curve, new BigInteger(1, r), t, key.scalar());
                if (s.isPresent()) {
                    return new EccSignature(nonce, Numbers.octets(s.get(), curve.orderSize()));
                }
            }
        }
    }

    /** Whether one of the first octets, up to the middle one, is not zero. */
    private static boolean hasUpperHalf(byte[] r) {
        for (int i = 0; i <= r.length / 2; i++) {
            if (r[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
