package org.jswtpm.engine.tpm2.x509;

import java.util.Optional;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;

/** How certificates name the algorithms of keys and signatures (RFC 3279, 4055, 5480, 5758). */
public final class AlgorithmIdentifiers {
    private static final Bytes RSA_ENCRYPTION = Bytes.hex("06 09 2a864886f70d010101");
    private static final Bytes MGF1 = Bytes.hex("06 09 2a864886f70d010108");
    private static final Bytes RSASSA_PSS = Bytes.hex("06 09 2a864886f70d01010a");
    private static final Bytes EC_PUBLIC_KEY = Bytes.hex("06 07 2a8648ce3d0201");
    private static final Bytes UNCOMPRESSED = Bytes.hex("04");

    private AlgorithmIdentifiers() {}

    /**
     * AlgorithmIdentifier of a signature.
     *
     * @param key the public area of the signer, by whose size the salt of RSASSA-PSS may be shortened
     * @return empty if certificates have no name for it (TPM_RC_SCHEME)
     */
    public static Optional<Bytes> ofSignature(TpmtPublic key, TpmtAsymScheme scheme) {
        HashAlg hash = scheme.hash();
        return switch (scheme.scheme()) {
            case RSASSA -> Optional.of(withNull(rsassa(hash)));
            case RSAPSS -> Optional.of(rsapss(hash, key.rsa().unique().size()));
            case ECDSA -> Optional.of(Der.sequence(ecdsa(hash)));
            default -> Optional.empty();
        };
    }

    /** SubjectPublicKeyInfo of an asymmetric key; empty if certificates have no name for it (TPM_RC_ASYMMETRIC). */
    public static Optional<Bytes> ofKey(TpmtPublic key) {
        if (key.type() == PublicType.RSA) {
            return Optional.of(ofKey(key.rsa()));
        }
        return key.type() == PublicType.ECC ? ofKey(key.ecc()) : Optional.empty();
    }

    private static Bytes ofKey(PublicKeyArea.Rsa key) {
        Bytes numbers =
                Der.sequence(Der.integer(key.unique()), Der.integer(key.parms().publicExponent()));
        return Der.sequence(withNull(RSA_ENCRYPTION), Der.bitString(numbers));
    }

    private static Optional<Bytes> ofKey(PublicKeyArea.Ecc key) {
        Bytes point = Der.bitString(UNCOMPRESSED, key.unique().x(), key.unique().y());
        return curve(key.parms().curve()).map(name -> Der.sequence(Der.sequence(EC_PUBLIC_KEY, name), point));
    }

    /** The parameters are left out where all of them have their defaults, which are those of SHA-1; so is not their place. */
    private static Bytes rsapss(HashAlg hash, int keySize) {
        if (hash == HashAlg.SHA1) {
            return withNull(RSASSA_PSS);
        }
        Bytes digest = withNull(digest(hash));
        Bytes parameters = Der.sequence(
                Der.tagged(0, digest),
                Der.tagged(1, Der.sequence(MGF1, digest)),
                Der.tagged(2, Der.integer(RsaSignature.pssSaltSize(hash.digest(), keySize))));
        return Der.sequence(RSASSA_PSS, parameters);
    }

    private static Bytes withNull(Bytes algorithm) {
        return Der.sequence(algorithm, Der.NULL);
    }

    private static Bytes digest(HashAlg hash) {
        return switch (hash) {
            case SHA1 -> Bytes.hex("06 05 2b0e03021a");
            case SHA256 -> Bytes.hex("06 09 608648016503040201");
            case SHA384 -> Bytes.hex("06 09 608648016503040202");
            case SHA512 -> Bytes.hex("06 09 608648016503040203");
            case NULL -> throw noHash();
        };
    }

    private static Bytes rsassa(HashAlg hash) {
        return switch (hash) {
            case SHA1 -> Bytes.hex("06 09 2a864886f70d010105");
            case SHA256 -> Bytes.hex("06 09 2a864886f70d01010b");
            case SHA384 -> Bytes.hex("06 09 2a864886f70d01010c");
            case SHA512 -> Bytes.hex("06 09 2a864886f70d01010d");
            case NULL -> throw noHash();
        };
    }

    private static Bytes ecdsa(HashAlg hash) {
        return switch (hash) {
            case SHA1 -> Bytes.hex("06 07 2a8648ce3d0401");
            case SHA256 -> Bytes.hex("06 08 2a8648ce3d040302");
            case SHA384 -> Bytes.hex("06 08 2a8648ce3d040303");
            case SHA512 -> Bytes.hex("06 08 2a8648ce3d040304");
            case NULL -> throw noHash();
        };
    }

    private static Optional<Bytes> curve(EccCurve curve) {
        return switch (curve) {
            case NIST_P192 -> Optional.of(Bytes.hex("06 08 2a8648ce3d030101"));
            case NIST_P224 -> Optional.of(Bytes.hex("06 05 2b81040021"));
            case NIST_P256 -> Optional.of(Bytes.hex("06 08 2a8648ce3d030107"));
            case NIST_P384 -> Optional.of(Bytes.hex("06 05 2b81040022"));
            case NIST_P521 -> Optional.of(Bytes.hex("06 05 2b81040023"));
            case SM2_P256 -> Optional.of(Bytes.hex("06 08 2a811ccf5501822d"));
            case BN_P256, BN_P638 -> Optional.empty();
        };
    }

    private static IllegalArgumentException noHash() {
        return new IllegalArgumentException("a scheme without a hash algorithm");
    }
}
