package org.jswtpm.tools.cert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.jswtpm.tools.process.KernelRandom;

/**
 * The signing key of a CA, from a file. RSA and ECDSA sign by a {@link SignatureScheme}; EdDSA and ML-DSA have no hash, and a
 * TPM 1.2 gets no certificate from them.
 */
final class CertificateSigner implements ContentSigner {
    private final AlgorithmIdentifier algorithm;
    private final Signer signer;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private CertificateSigner(AlgorithmIdentifier algorithm, Signer signer, AsymmetricKeyParameter key) {
        this.algorithm = algorithm;
        this.signer = signer;
        // RSA is blinded; EdDSA takes no random octets
        boolean random = !(key instanceof Ed25519PrivateKeyParameters || key instanceof Ed448PrivateKeyParameters);
        signer.init(true, random ? new ParametersWithRandom(key, new KernelRandom()) : key);
    }

    /**
     * A signer.
     *
     * @param key the private key
     * @param sha1 whether the hash has to be SHA-1
     * @throws IOException if the algorithm is not known
     */
    static CertificateSigner of(PrivateKeyInfo key, boolean sha1) throws IOException {
        AsymmetricKeyParameter parameters = PrivateKeyFactory.createKey(key);
        if (parameters instanceof RSAKeyParameters rsa) {
            return rsa(rsa, sha1);
        }
        if (parameters instanceof ECPrivateKeyParameters ecc) {
            return ecdsa(ecc, sha1);
        }
        if (parameters instanceof Ed25519PrivateKeyParameters) {
            return hashless(EdECObjectIdentifiers.id_Ed25519, new Ed25519Signer(), parameters, sha1);
        }
        if (parameters instanceof Ed448PrivateKeyParameters) {
            return hashless(EdECObjectIdentifiers.id_Ed448, new Ed448Signer(new byte[0]), parameters, sha1);
        }
        if (parameters instanceof MLDSAPrivateKeyParameters) {
            return hashless(key.getPrivateKeyAlgorithm().getAlgorithm(), new MLDSASigner(), parameters, sha1);
        }
        throw new IOException("Unsupported signing key.");
    }

    /** A signer for certificates of CAs: RSA with SHA-256. */
    static CertificateSigner ofCa(PrivateKeyInfo key) throws IOException {
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        Signer signer = new RSADigestSigner(new SHA256Digest());
        return new CertificateSigner(algorithm, signer, PrivateKeyFactory.createKey(key));
    }

    private static CertificateSigner rsa(RSAKeyParameters key, boolean sha1) {
        SignatureScheme scheme = SignatureScheme.rsa(key.getModulus().bitLength(), sha1);
        return new CertificateSigner(scheme.algorithm(), new RSADigestSigner(scheme.digest()), key);
    }

    private static CertificateSigner ecdsa(ECPrivateKeyParameters key, boolean sha1) {
        SignatureScheme scheme =
                SignatureScheme.ecdsa(key.getParameters().getN().bitLength(), sha1);
        Signer signer = new DSADigestSigner(new ECDSASigner(), scheme.digest());
        return new CertificateSigner(scheme.algorithm(), signer, key);
    }

    private static CertificateSigner hashless(
            ASN1ObjectIdentifier id, Signer signer, AsymmetricKeyParameter key, boolean sha1) throws IOException {
        if (sha1) {
            throw new IOException("Cannot use hashless signing scheme for TPM 1.2 certs.");
        }
        return new CertificateSigner(new AlgorithmIdentifier(id), signer, key);
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        byte[] octets = content.toByteArray();
        signer.update(octets, 0, octets.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException | DataLengthException e) {
            throw new UncheckedIOException(new IOException("the signing key is too small", e));
        }
    }
}
