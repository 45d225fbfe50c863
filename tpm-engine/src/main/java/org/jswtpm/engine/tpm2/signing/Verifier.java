package org.jswtpm.engine.tpm2.signing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY_SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIGNATURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.security.MessageDigest;
import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EcSchnorr;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccSignature;
import org.jswtpm.engine.crypto.Ecdsa;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.crypto.Sm2;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.TpmtKeyedHashScheme;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.wire.Bytes;

/** Verifies signatures of digests (CryptValidateSignature). The scheme of an asymmetric key is not asked, only its type. */
public final class Verifier {
    private Verifier() {}

    /**
     * Ends the command unless {@code signature} is one of {@code digest} by {@code key}.
     *
     * @param parameter the number of the signature among the parameters, which all answers blame
     * @param profile what may be verified at all
     * @throws org.jswtpm.engine.wire.TpmException SCHEME for a signature that no key of this type makes, HANDLE for an HMAC key
     *     of which only the public area is loaded, SIGNATURE; HASH and KEY_SIZE for what the profile forbids
     */
    public static void verify(TpmObject key, byte[] digest, TpmtSignature signature, int parameter, Profile profile) {
        boolean allowed = !profile.demands(ProfileAttribute.NO_SHA1_VERIFICATION);
        boolean isRight = switch (key.type()) {
            case RSA -> {
                check(signature instanceof TpmtSignature.Rsa, SCHEME.parameter(parameter));
                TpmtSignature.Rsa rsa = (TpmtSignature.Rsa) signature;
                boolean isLong =
                        rsa.sig().size() == key.publicArea().rsa().unique().size();
                check(isLong, SIGNATURE.parameter(parameter));
                check(rsa.hash() != HashAlg.SHA1 || allowed, HASH.parameter(parameter));
                yield isRsa(key.publicArea().rsa(), digest, rsa);
            }
            case ECC -> {
                boolean verifiable = signature instanceof TpmtSignature.Ecc && signature.sigAlg() != AlgId.ECDAA;
                check(verifiable, SCHEME.parameter(parameter));
                check(digest.length != Digest.SHA1.size() || allowed, HASH.parameter(parameter));
                yield isEcc(key.publicArea().ecc(), digest, (TpmtSignature.Ecc) signature);
            }
            case KEYED_HASH -> {
                check(!key.isPublicOnly(), HANDLE.parameter(parameter));
                check(Signer.isLongEnough(key, profile), KEY_SIZE.parameter(parameter));
                check(signature instanceof TpmtSignature.Hmac, SCHEME.parameter(parameter));
                TpmtSignature.Hmac hmac = (TpmtSignature.Hmac) signature;
                boolean macAllowed =
                        hmac.hash() != HashAlg.SHA1 || !profile.demands(ProfileAttribute.NO_SHA1_HMAC_VERIFICATION);
                check(macAllowed || !fits(key, hmac), HASH.parameter(parameter));
                yield isHmac(key, digest, hmac);
            }
            case SYM_CIPHER -> throw SCHEME.parameter(parameter).exception();
        };
        check(isRight, SIGNATURE.parameter(parameter));
    }

    private static boolean isRsa(PublicKeyArea.Rsa area, byte[] digest, TpmtSignature.Rsa signature) {
        RsaPublicKey key = RsaPublicKey.of(area.unique().toArray(), area.parms().exponent());
        Digest hash = signature.hash().digest();
        byte[] octets = signature.sig().toArray();
        return signature.sigAlg() == AlgId.RSASSA
                ? RsaSignature.verifyPkcs1(key, hash, digest, octets)
                : RsaSignature.verifyPss(key, hash, digest, octets);
    }

    private static boolean isEcc(PublicKeyArea.Ecc area, byte[] digest, TpmtSignature.Ecc signature) {
        Optional<EccPoint> point = Ecc.point(Ecc.curve(area.parms().curve()), area.unique());
        if (point.isEmpty()) {
            return false;
        }
        EccSignature numbers =
                new EccSignature(signature.r().toArray(), signature.s().toArray());
        return switch (signature.sigAlg()) {
            case ECDSA -> Ecdsa.verify(point.get(), digest, numbers);
            case SM2 -> Sm2.verify(point.get(), digest, numbers);
            default -> EcSchnorr.verify(point.get(), signature.hash().digest(), digest, numbers);
        };
    }

    /** A key with a scheme verifies no signature of another one, not even a genuine one. */
    private static boolean fits(TpmObject key, TpmtSignature.Hmac signature) {
        TpmtKeyedHashScheme scheme = key.publicArea().keyedHash().parms().scheme();
        return scheme.isNull() || scheme.scheme() == AlgId.HMAC && scheme.hash() == signature.hash();
    }

    private static boolean isHmac(TpmObject key, byte[] digest, TpmtSignature.Hmac signature) {
        Bytes right = Signer.hmac(key, signature.hash().digest(), digest);
        return fits(key, signature)
                && MessageDigest.isEqual(right.toArray(), signature.digest().toArray());
    }
}
