package org.jswtpm.tools.cert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.jswtpm.tools.pkcs11.Pkcs11Exception;
import org.jswtpm.tools.pkcs11.Pkcs11Key;

/** The signing key of a CA in a PKCS #11 token. */
final class TokenSigner implements ContentSigner {
    private final Pkcs11Key key;
    private final SignatureScheme scheme;
    /** The order of the curve; null for an RSA key. */
    private final BigInteger order;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private TokenSigner(Pkcs11Key key, SignatureScheme scheme, BigInteger order) {
        this.key = key;
        this.scheme = scheme;
        this.order = order;
    }

    /**
     * A signer.
     *
     * @param sha1 whether the hash has to be SHA-1
     */
    static TokenSigner of(Pkcs11Key key, boolean sha1) throws CertException, Pkcs11Exception {
        if (key.isRsa()) {
            return new TokenSigner(key, SignatureScheme.rsa(key.modulus().bitLength(), sha1), null);
        }
        X9ECParameters curve = key.isEcc() ? curve(key.curve()) : null;
        if (curve == null) {
            throw new CertException("Unsupported signing key.");
        }
        return new TokenSigner(key, SignatureScheme.ecdsa(curve.getN().bitLength(), sha1), curve.getN());
    }

    private static X9ECParameters curve(byte[] parameters) {
        try {
            return ECNamedCurveTable.getByOID(ASN1ObjectIdentifier.getInstance(parameters));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return scheme.algorithm();
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        byte[] octets = content.toByteArray();
        byte[] digest = new byte[scheme.digest().getDigestSize()];
        scheme.digest().update(octets, 0, octets.length);
        scheme.digest().doFinal(digest, 0);
        try {
            return order == null ? key.sign(digestInfo(digest)) : ecdsa(key.sign(digest));
        } catch (IOException | Pkcs11Exception e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** DigestInfo of PKCS #1 (RFC 8017, 9.2). */
    private byte[] digestInfo(byte[] digest) throws IOException {
        var hash = new DefaultDigestAlgorithmIdentifierFinder().find(scheme.algorithm());
        return new DigestInfo(new AlgorithmIdentifier(hash.getAlgorithm(), DERNull.INSTANCE), digest).getEncoded();
    }

    /** Ecdsa-Sig-Value (RFC 3279, 2.2.3) of two numbers of equal lengths. */
    private byte[] ecdsa(byte[] both) throws IOException {
        int half = both.length / 2;
        return StandardDSAEncoding.INSTANCE.encode(
                order,
                new BigInteger(1, Arrays.copyOf(both, half)),
                new BigInteger(1, Arrays.copyOfRange(both, half, both.length)));
    }
}
