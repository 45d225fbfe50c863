package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ECC_POINT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A secret that is encrypted for a key, as salts, duplicates and credentials need it (Part 1, 24.3, B.10 and C.6; Part 2,
 * 11.4.3).
 *
 * @param secret as long as a digest of the key's Name algorithm; its owner closes it
 * @param encrypted TPM2B_ENCRYPTED_SECRET
 */
public record SharedSecret(Secret secret, Bytes encrypted) {
    private static final byte[] NONE = new byte[0];

    /**
     * A new secret (CryptSecretEncrypt).
     *
     * @param key an asymmetric decryption key
     * @param label the use: "SECRET", "DUPLICATE" or "IDENTITY"
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_ATTRIBUTES for what is no decryption key, _KEY for an ECC key
     *     that is not on its curve, _VALUE for a key without Name algorithm, _FAILURE for an RSA key that is too short
     */
    public static SharedSecret create(TpmtPublic key, String label, RandomSource random) {
        check(key.attributes().decrypt(), ATTRIBUTES);
        return switch (key.type()) {
            case RSA -> createRsa(key, label, random);
            case ECC -> createEcc(key, label, random);
            case SYM_CIPHER, KEYED_HASH -> throw FAILURE.exception();
        };
    }

    private static SharedSecret createRsa(TpmtPublic key, String label, RandomSource random) {
        check(!key.nameAlg().isNull(), VALUE);
        Digest digest = key.nameAlg().digest();
        byte[] secret = random.generate(digest.size());
        PublicKeyArea.Rsa area = key.rsa();
        RsaPublicKey publicKey =
                RsaPublicKey.of(area.unique().toArray(), area.parms().exponent());
        Optional<byte[]> encrypted = RsaEncryption.encryptOaep(publicKey, digest, label, secret, random);
        return new SharedSecret(Secret.take(secret), Bytes.wrap(encrypted.orElseThrow(FAILURE::exception)));
    }

    private static SharedSecret createEcc(TpmtPublic key, String label, RandomSource random) {
        check(!key.nameAlg().isNull(), FAILURE);
        EccCurve curve = Ecc.curve(key.ecc().parms().curve());
        EccPoint point = Ecc.point(curve, key.ecc().unique()).orElseThrow(KEY::exception);
        EccPrivateKey ephemeral = EccPrivateKey.generate(curve, random);
        EccPoint shared = point.times(ephemeral).orElseThrow(KEY::exception);
        TpmsEccPoint ephemeralPoint = Ecc.structure(ephemeral.publicPoint());
        WireWriter encrypted = new WireWriter();
        ephemeralPoint.marshal(encrypted);
        return new SharedSecret(derive(key, shared, label, ephemeralPoint), encrypted.toBytes());
    }

    /** KDFe of the shared point, with the x-coordinates of the ephemeral and of the static key. */
    private static Secret derive(TpmtPublic key, EccPoint shared, String label, TpmsEccPoint ephemeral) {
        if (key.nameAlg().isNull()) {
            return Secret.empty(); // as long as a digest of no algorithm
        }
        Digest digest = key.nameAlg().digest();
        byte[] z = shared.x();
        byte[] partyU = ephemeral.x().toArray();
        byte[] partyV = key.ecc().unique().x().toArray();
        Secret secret = Secret.take(Kdf.kdfe(digest, z, label, partyU, partyV, digest.size() * 8));
        Arrays.fill(z, (byte) 0);
        return secret;
    }

    /**
     * The secret that was encrypted for {@code key} (CryptSecretDecrypt).
     *
     * @param key a loaded key of any type with its sensitive area
     * @param nonceCaller used with symmetric keys only
     * @param label the use: "SECRET", "DUPLICATE" or "IDENTITY"
     * @param helpers who compute, too
     * @return to be closed by the caller
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_SCHEME for an RSA key with another scheme than OAEP, _SIZE,
     *     _VALUE, _INSUFFICIENT, _ECC_POINT or _NO_RESULT for a secret that was not encrypted for it
     */
    public static Secret open(TpmObject key, Bytes nonceCaller, String label, Bytes encrypted, Helpers helpers) {
        return switch (key.type()) {
            case RSA -> openRsa(key, label, encrypted, helpers);
            case ECC -> openEcc(key, label, encrypted);
            case KEYED_HASH -> openXor(key, nonceCaller, encrypted);
            case SYM_CIPHER -> openSymmetric(key, nonceCaller, encrypted);
        };
    }

    private static Secret openRsa(TpmObject key, String label, Bytes encrypted, Helpers helpers) {
        TpmtAsymScheme scheme = key.publicArea().asymScheme();
        HashAlg hash = scheme.isNull() ? key.nameAlg() : scheme.hash();
        check((scheme.isNull() || scheme.scheme() == AlgId.OAEP) && !hash.isNull(), SCHEME);
        check(encrypted.size() == key.publicArea().rsa().unique().size(), SIZE);
        byte[] secret = RsaEncryption.decryptOaep(key.rsaPrivateKey(helpers), hash.digest(), label, encrypted.toArray())
                .orElseThrow(VALUE::exception);
        check(secret.length <= TpmLimits.MAX_DATA_SIZE, FAILURE);
        check(secret.length <= hash.digestSize(), VALUE);
        return Secret.take(secret);
    }

    private static Secret openEcc(TpmObject key, String label, Bytes encrypted) {
        EccCurve curve = Ecc.curve(key.publicArea().ecc().parms().curve());
        TpmsEccPoint ephemeral = TpmsEccPoint.unmarshal(WireReader.over(encrypted, TpmRc.WIRE_FAULTS));
        EccPoint point = Ecc.point(curve, ephemeral).orElseThrow(ECC_POINT::exception);
        Optional<EccPoint> shared = key.sensitive().sensitive().use(point::times);
        return derive(key.publicArea(), shared.orElseThrow(NO_RESULT::exception), label, ephemeral);
    }

    private static Secret openXor(TpmObject key, Bytes nonceCaller, Bytes encrypted) {
        check(encrypted.size() <= key.nameAlg().digestSize(), VALUE);
        byte[] secret = encrypted.toArray();
        byte[] nonce = nonceCaller.toArray();
        Digest digest = key.nameAlg().digest();
        key.sensitive().sensitive().lend(data -> Kdf.xorObfuscate(digest, data, nonce, NONE, secret));
        return Secret.take(secret);
    }

    private static Secret openSymmetric(TpmObject key, Bytes nonceCaller, Bytes encrypted) {
        check(encrypted.size() <= key.nameAlg().digestSize(), VALUE);
        SymmetricAlgorithm algorithm = SymmetricAlgorithm.of(
                key.publicArea().storageSymmetric().algorithm().value());
        byte[] iv = Arrays.copyOf(nonceCaller.toArray(), algorithm.blockSize());
        byte[] secret = encrypted.toArray();
        key.sensitive()
                .sensitive()
                .lend(symKey -> SymmetricCipher.decrypt(algorithm, SymmetricMode.CFB, symKey, iv, secret));
        return Secret.take(secret);
    }
}
