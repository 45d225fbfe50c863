package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The symmetric protection of what leaves the TPM for a storage key: encryption and an HMAC, with keys that follow from a
 * seed (Part 1, 22.4 and 22.5).
 *
 * <pre>
 *  TPM2B integrity | TPM2B iv (not for duplicates and credentials) | encrypted data
 *                  |&lt;--------------- under the HMAC, with the Name --------------->|
 * </pre>
 */
public final class OuterWrap {
    private static final byte[] NONE = new byte[0];

    private final Digest digest;
    private final TpmtSymDefObject symmetric;
    private final Secret seed;

    /**
     * @param protector the public area of the storage key, whose algorithms are used
     * @param seed its seed value, or the secret that was encrypted for it; lent
     */
    public OuterWrap(TpmtPublic protector, Secret seed) {
        this.digest = protector.nameAlg().digest();
        this.symmetric = protector.storageSymmetric();
        this.seed = seed;
    }

    /** Protects {@code data}, which is changed, under a random initialization vector. */
    Bytes wrapWithIv(Bytes name, byte[] data, RandomSource random) {
        byte[] iv = random.generate(algorithm().blockSize());
        Bytes ivField = new WireWriter().sized2(Bytes.copyOf(iv)).toBytes();
        return wrap(name, data, iv, ivField);
    }

    /** Protects {@code data}, which is changed, under an initialization vector of zeros. */
    public Bytes wrap(Bytes name, byte[] data) {
        return wrap(name, data, new byte[algorithm().blockSize()], Bytes.EMPTY);
    }

    private Bytes wrap(Bytes name, byte[] data, byte[] iv, Bytes ivField) {
        byte[] key = encryptionKey(name);
        SymmetricCipher.encrypt(algorithm(), SymmetricMode.CFB, key, iv, data);
        Arrays.fill(key, (byte) 0);
        byte[] integrity = integrity(name, ivField.toArray(), data);
        return new WireWriter()
                .sized2(Bytes.wrap(integrity))
                .bytes(ivField)
                .octets(data)
                .toBytes();
    }

    /**
     * Checks and decrypts what {@link #wrapWithIv} or {@link #wrap} made.
     *
     * @return the data, to be wiped by the caller
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_INTEGRITY, _VALUE for the size of the vector, _SIZE, or
     *     _INSUFFICIENT
     */
    public byte[] unwrap(Bytes name, Bytes wrapped, boolean hasIv) {
        WireReader in = WireReader.over(wrapped, TpmRc.WIRE_FAULTS);
        Bytes integrity = in.sized2(TpmLimits.MAX_DIGEST_SIZE);
        byte[] rest = wrapped.slice(in.position(), in.remaining()).toArray();
        check(MessageDigest.isEqual(integrity.toArray(), integrity(name, rest, NONE)), INTEGRITY);
        byte[] iv = new byte[algorithm().blockSize()];
        if (hasIv) {
            Bytes given = in.sized2(TpmLimits.MAX_SYM_BLOCK_SIZE);
            check(given.size() == iv.length, VALUE);
            given.copyTo(iv, 0);
        }
        byte[] data = in.octets(in.remaining());
        byte[] key = encryptionKey(name);
        SymmetricCipher.decrypt(algorithm(), SymmetricMode.CFB, key, iv, data);
        Arrays.fill(key, (byte) 0);
        return data;
    }

    private SymmetricAlgorithm algorithm() {
        return SymmetricAlgorithm.of(symmetric.algorithm().value());
    }

    private byte[] encryptionKey(Bytes name) {
        byte[] context = name.toArray();
        return seed.use(key -> Kdf.kdfa(digest, key, "STORAGE", context, NONE, symmetric.keyBytes() * 8));
    }

    private byte[] integrity(Bytes name, byte[] first, byte[] second) {
        byte[] key = seed.use(secret -> Kdf.kdfa(digest, secret, "INTEGRITY", NONE, NONE, digest.size() * 8));
        byte[] mac = Hmac.mac(digest, key, first, second, name.toArray());
        Arrays.fill(key, (byte) 0);
        return mac;
    }
}
