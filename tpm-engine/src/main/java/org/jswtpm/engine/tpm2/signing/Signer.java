package org.jswtpm.engine.tpm2.signing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY_SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EcSchnorr;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.crypto.EccSignature;
import org.jswtpm.engine.crypto.Ecdaa;
import org.jswtpm.engine.crypto.Ecdsa;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.crypto.Sm2;
import org.jswtpm.engine.tpm2.ephemeral.EphemeralKeys;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.wire.Bytes;

/**
 * Signs digests with the keys of the TPM (CryptSign). What may be signed is the command's to decide.
 *
 * @param profile what may be signed at all
 * @param ephemeral where the secrets of ECDAA's commitments come from
 * @param random for the schemes that need random numbers
 * @param helpers who compute, too
 */
public record Signer(Profile profile, EphemeralKeys ephemeral, RandomSource random, Helpers helpers) {
    /**
     * A signature of {@code digest}.
     *
     * @param key an object with its sensitive area
     * @param scheme what {@link SignScheme#select} gave for the key
     * @throws org.jswtpm.engine.wire.TpmException VALUE, without a number, for a digest of the wrong size and for a commitment that
     *     does not exist; BINDING for an RSA key whose areas do not fit; HASH and KEY_SIZE for what the profile forbids
     */
    public TpmtSignature sign(TpmObject key, TpmtAsymScheme scheme, byte[] digest) {
        check(key.type() == PublicType.KEYED_HASH ? isAllowedMac(key, scheme) : isAllowed(scheme), HASH);
        return switch (key.type()) {
            case RSA -> new TpmtSignature.Rsa(scheme.scheme(), scheme.hash(), rsa(key, scheme, digest));
            case ECC -> {
                EccSignature signature = ecc(key, scheme, digest);
                yield new TpmtSignature.Ecc(
                        scheme.scheme(), scheme.hash(), Bytes.wrap(signature.r()), Bytes.wrap(signature.s()));
            }
            case KEYED_HASH ->
                new TpmtSignature.Hmac(scheme.hash(), hmac(key, scheme.hash().digest(), digest));
            case SYM_CIPHER -> throw new IllegalArgumentException("a symmetric cipher signs nothing");
        };
    }

    private boolean isAllowed(TpmtAsymScheme scheme) {
        return scheme.hash() != HashAlg.SHA1 || !profile.demands(ProfileAttribute.NO_SHA1_SIGNING);
    }

    private boolean isAllowedMac(TpmObject key, TpmtAsymScheme scheme) {
        boolean allowed = scheme.hash() != HashAlg.SHA1 || !profile.demands(ProfileAttribute.NO_SHA1_HMAC_CREATION);
        check(!allowed || isLongEnough(key, profile), KEY_SIZE);
        return allowed;
    }

    /** Whether the profile lets an HMAC key be as short as this one. */
    static boolean isLongEnough(TpmObject key, Profile profile) {
        return profile.algorithms()
                .isLongEnough(AlgId.HMAC, key.sensitive().sensitive().size() * Byte.SIZE);
    }

    /** The signature of a keyed hash object: the HMAC of the digest. */
    static Bytes hmac(TpmObject key, Digest algorithm, byte[] digest) {
        return key.sensitive().sensitive().use(secret -> Bytes.wrap(Hmac.mac(algorithm, secret, digest)));
    }

    private Bytes rsa(TpmObject key, TpmtAsymScheme scheme, byte[] digest) {
        RsaPrivateKey rsa = key.rsaPrivateKey(helpers);
        Digest hash = scheme.hash().digest();
        return (scheme.scheme() == AlgId.RSASSA
                        ? RsaSignature.signPkcs1(rsa, hash, digest)
                        : RsaSignature.signPss(rsa, hash, digest, random))
                .map(Bytes::wrap)
                .orElseThrow(VALUE::exception);
    }

    private EccSignature ecc(TpmObject object, TpmtAsymScheme scheme, byte[] digest) {
        var curve = Ecc.curve(object.publicArea().ecc().parms().curve());
        EccPrivateKey key = object.sensitive()
                .sensitive()
                .use(scalar -> EccPrivateKey.load(curve, scalar))
                .orElseThrow(VALUE::exception);
        Digest hash = scheme.hash().digest();
        return switch (scheme.scheme()) {
            case ECDSA -> Ecdsa.sign(key, digest, random);
            case ECSCHNORR -> EcSchnorr.sign(key, hash, digest, random);
            case SM2 -> Sm2.sign(key, digest, random).orElseThrow(VALUE::exception);
            case ECDAA -> ecdaa(object, key, scheme, digest);
            default -> throw new IllegalArgumentException(scheme.scheme() + " does not sign with an ECC key");
        };
    }

    /** The commitment ends with the signature, and not before. */
    private EccSignature ecdaa(TpmObject object, EccPrivateKey key, TpmtAsymScheme scheme, byte[] digest) {
        byte[] r = ephemeral.given(scheme.count(), key.curve(), object.name()).orElseThrow(VALUE::exception);
        try {
            EccSignature signature = Ecdaa.sign(key, scheme.hash().digest(), digest, r, random);
            ephemeral.end(scheme.count());
            return signature;
        } finally {
            Arrays.fill(r, (byte) 0);
        }
    }
}
