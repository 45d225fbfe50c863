package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_DATASIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DECRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.ENCRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.math.BigInteger;
import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** A key whose private part the TPM holds in the clear. */
public final class LoadedKey {
    /** The place of a key that there is not. */
    public static final LoadedKey NONE = new LoadedKey(TpmKey.NONE, null);

    private static final byte[] OAEP_LABEL = {'T', 'C', 'P', 'A'};

    private final TpmKey publicPart;
    private final StoreAsymkey privatePart;
    private RsaPrivateKey rsa;
    private Helpers helpers = Helpers.NONE;

    /** @param privatePart taken over; null if there is none */
    public LoadedKey(TpmKey publicPart, StoreAsymkey privatePart) {
        this.publicPart = publicPart;
        this.privatePart = privatePart;
    }

    /** TPM_KEY or TPM_KEY12, without encData. */
    public TpmKey publicPart() {
        return publicPart;
    }

    /** Whether there is a key at all. */
    public boolean isPresent() {
        return publicPart.isPresent();
    }

    /** Whether there is a private part; what is no key has none. */
    public boolean hasPrivatePart() {
        return privatePart != null;
    }

    /** The private part; lent. TPM_FAIL if there is none. */
    public StoreAsymkey privatePart() {
        check(privatePart != null, FAIL);
        return privatePart;
    }

    /** What authorizes the use; lent. TPM_INVALID_KEYUSAGE if there is no key. */
    public Secret usageAuth() {
        check(isPresent(), INVALID_KEYUSAGE);
        return privatePart().usageAuth();
    }

    /** The digest by which a session knows the key. */
    public Bytes pubDataDigest() {
        return privatePart().pubDataDigest();
    }

    /** What PCRs and localities the use needs. */
    public PcrInfoShort pcrsAtRelease() {
        return publicPart.pcrInfo().atRelease();
    }

    /** Whether the key can be used without authorization (TPM_AUTH_NEVER). */
    public boolean needsNoAuthorization() {
        return publicPart.authDataUsage() == TpmKey.AUTH_NEVER;
    }

    /** The private key for computing; TPM_BAD_KEY_PROPERTY if the parts do not fit together. */
    private RsaPrivateKey rsaPrivateKey() {
        check(isComputable(), BAD_KEY_PROPERTY);
        return rsa.with(helpers);
    }

    /** Lets helpers do half of what is computed with the private key; there is nothing to do without one. */
    public void setHelpers(Helpers helpers) {
        if (hasPrivatePart()) {
            this.helpers = helpers;
        }
    }

    /** Whether the prime of the private part is one of the modulus. */
    public boolean isComputable() {
        if (rsa == null) {
            byte[] modulus = publicPart.pubKey().toArray();
            int exponent = exponent(publicPart.algorithmParms());
            rsa = privatePart()
                    .prime()
                    .use(prime -> RsaPrivateKey.load(modulus, exponent, prime))
                    .orElse(null);
        }
        return rsa != null;
    }

    /** The public exponent, 0 for the usual one. */
    static int exponent(KeyParms parms) {
        BigInteger exponent = new BigInteger(1, parms.rsa().exponent().toArray());
        check(exponent.bitLength() <= Integer.SIZE, BAD_KEY_PROPERTY);
        return exponent.intValue();
    }

    /**
     * Encrypts by the scheme of the key.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_BAD_DATASIZE, TPM_INAPPROPRIATE_ENC, TPM_ENCRYPT_ERROR
     */
    public Bytes encrypt(byte[] message, RandomSource random) {
        return encrypt(publicPart.asPubkey(), message, random);
    }

    /** As {@link #encrypt(byte[], RandomSource)}, for a key of which only the public part is known. */
    public static Bytes encrypt(Pubkey pubkey, byte[] message, RandomSource random) {
        RsaPublicKey key = RsaPublicKey.of(pubkey.pubKey().toArray(), exponent(pubkey.algorithmParms()));
        check(message.length <= key.size(), BAD_DATASIZE);
        Optional<byte[]> encrypted = switch (pubkey.algorithmParms().encScheme()) {
            case AlgorithmId.ES_RSAESOAEP_SHA1_MGF1 ->
                RsaEncryption.encryptOaep(key, Digest.SHA1, OAEP_LABEL, message, random);
            case AlgorithmId.ES_RSAESPKCSV15 -> RsaEncryption.encryptPkcs1(key, message, random);
            default -> throw INAPPROPRIATE_ENC.exception();
        };
        return Bytes.wrap(encrypted.orElseThrow(ENCRYPT_ERROR::exception));
    }

    /**
     * Decrypts by the scheme of the key; the caller wipes the result.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_BAD_DATASIZE, TPM_INAPPROPRIATE_ENC, TPM_DECRYPT_ERROR
     */
    public byte[] decrypt(Bytes encrypted) {
        check(encrypted.size() <= publicPart.pubKey().size(), BAD_DATASIZE);
        byte[] octets = encrypted.toArray();
        Optional<byte[]> message = switch (publicPart.algorithmParms().encScheme()) {
            case AlgorithmId.ES_RSAESOAEP_SHA1_MGF1 ->
                RsaEncryption.decryptOaep(rsaPrivateKey(), Digest.SHA1, OAEP_LABEL, octets);
            case AlgorithmId.ES_RSAESPKCSV15 -> RsaEncryption.decryptPkcs1(rsaPrivateKey(), octets);
            default -> throw INAPPROPRIATE_ENC.exception();
        };
        return message.orElseThrow(DECRYPT_ERROR::exception);
    }

    /**
     * Signs by the scheme of the key.
     *
     * @param message a SHA-1 digest; with TPM_SS_RSASSAPKCS1v15_DER what stands in its place
     * @throws org.jswtpm.engine.wire.TpmException TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR
     */
    public Bytes sign(byte[] message) {
        Optional<byte[]> signature = switch (publicPart.algorithmParms().sigScheme()) {
            case AlgorithmId.SS_RSASSAPKCS1V15_SHA1, AlgorithmId.SS_RSASSAPKCS1V15_INFO ->
                RsaSignature.signPkcs1(rsaPrivateKey(), Digest.SHA1, message);
            case AlgorithmId.SS_RSASSAPKCS1V15_DER -> RsaSignature.signPkcs1Unhashed(rsaPrivateKey(), message);
            default -> throw INVALID_KEYUSAGE.exception();
        };
        return Bytes.wrap(signature.orElseThrow(DECRYPT_ERROR::exception));
    }

    /** Whether {@code signature} is one of {@code digest}, by PKCS1 with SHA-1, of a key of which only the public part is known. */
    public static boolean verify(Pubkey pubkey, Bytes digest, Bytes signature) {
        RsaPublicKey key = RsaPublicKey.of(pubkey.pubKey().toArray(), exponent(pubkey.algorithmParms()));
        return RsaSignature.verifyPkcs1(key, Digest.SHA1, digest.toArray(), signature.toArray());
    }

    /** Whether the key has an encryption scheme by which {@link #decrypt} works. */
    public boolean canDecrypt() {
        int scheme = publicPart.algorithmParms().encScheme();
        return scheme == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1 || scheme == AlgorithmId.ES_RSAESPKCSV15;
    }

    /** Whether the private part belongs to the public part. */
    public boolean isConsistent() {
        return privatePart != null && privatePart.pubDataDigest().equals(publicPart.pubDataDigest());
    }

    /** This key with another auth value, independent of this one. */
    public LoadedKey withUsageAuth(Secret usageAuth) {
        StoreAsymkey part = privatePart();
        return new LoadedKey(
                publicPart,
                new StoreAsymkey(
                        part.payload(),
                        usageAuth,
                        part.migrationAuth().copy(),
                        part.pubDataDigest(),
                        part.prime().copy()));
    }

    /** Wipes the private part. */
    public void wipe() {
        rsa = null;
        if (privatePart != null) {
            privatePart.wipe();
        }
    }
}
