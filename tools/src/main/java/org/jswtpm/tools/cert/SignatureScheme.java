package org.jswtpm.tools.cert;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * What a CA's key signs with. The hash follows from the key: for RSA SHA-256 with 2048 bits and SHA-384 otherwise, for ECDSA
 * the one of the curve's size. For a TPM 1.2 it has to be SHA-1.
 *
 * @param algorithm how certificates name it
 * @param digest the hash
 */
record SignatureScheme(AlgorithmIdentifier algorithm, Digest digest) {
    /** That of an RSA key. */
    static SignatureScheme rsa(int bits, boolean sha1) {
        if (sha1) {
            return rsa(PKCSObjectIdentifiers.sha1WithRSAEncryption, new SHA1Digest());
        }
        return bits == 2048
                ? rsa(PKCSObjectIdentifiers.sha256WithRSAEncryption, new SHA256Digest())
                : rsa(PKCSObjectIdentifiers.sha384WithRSAEncryption, new SHA384Digest());
    }

    /** That of an ECC key, by the bits of its curve's order. */
    static SignatureScheme ecdsa(int bits, boolean sha1) {
        if (sha1) {
            return ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA1, new SHA1Digest());
        }
        if (bits >= 512) {
            return ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA512, new SHA512Digest());
        }
        return bits >= 384
                ? ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA384, new SHA384Digest())
                : ecdsa(X9ObjectIdentifiers.ecdsa_with_SHA256, new SHA256Digest());
    }

    private static SignatureScheme rsa(ASN1ObjectIdentifier id, Digest digest) {
        return new SignatureScheme(new AlgorithmIdentifier(id, DERNull.INSTANCE), digest);
    }

    private static SignatureScheme ecdsa(ASN1ObjectIdentifier id, Digest digest) {
        return new SignatureScheme(new AlgorithmIdentifier(id), digest);
    }
}
