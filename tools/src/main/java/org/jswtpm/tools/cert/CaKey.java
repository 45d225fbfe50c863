package org.jswtpm.tools.cert;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jswtpm.tools.process.KernelRandom;

/** A new RSA key of a CA, with its name. */
public final class CaKey {
    private static final int BITS = 3072;
    private static final int SERIAL_BITS = 159;

    private final X500Name name;
    private final PrivateKeyInfo privateKey;
    private final SubjectPublicKeyInfo publicKey;

    private CaKey(X500Name name, PrivateKeyInfo privateKey, SubjectPublicKeyInfo publicKey) {
        this.name = name;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** Makes a key. */
    public static CaKey generate(String commonName) throws IOException {
        // the JDK finds such primes twice as fast as Bouncy Castle
        KeyPairGenerator generator;
        try {
            generator = KeyPairGenerator.getInstance("RSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no RSA in this Java", e);
        }
        generator.initialize(BITS, new KernelRandom());
        KeyPair pair = generator.generateKeyPair();
        return new CaKey(
                new X500Name("CN=" + commonName),
                PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    }

    /**
     * The private key in PEM.
     *
     * @param password what it is encrypted with; null where it is not
     */
    public String toPem(char[] password) throws IOException {
        return password == null
                ? PemFiles.pem("PRIVATE KEY", privateKey.getEncoded())
                : PemFiles.pem("ENCRYPTED PRIVATE KEY", EncryptedKey.encrypt(privateKey, password));
    }

    /** A certificate in PEM with which this key certifies a CA's key, or itself, until the end of time. */
    public String certify(CaKey subject) throws IOException {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, new KernelRandom()).setBit(SERIAL_BITS - 1),
                new Time(Date.from(Instant.now())),
                new Time(new ASN1GeneralizedTime(TpmCertificate.NEVER)),
                subject.name,
                subject.publicKey);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        byte[] id = TpmCertificate.keyId(subject.publicKey);
        builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(id));
        if (subject != this) {
            AuthorityKeyIdentifier authority = new AuthorityKeyIdentifier(TpmCertificate.keyId(publicKey));
            builder.addExtension(Extension.authorityKeyIdentifier, false, authority);
        }
        byte[] der = builder.build(CertificateSigner.ofCa(privateKey)).getEncoded();
        return PemFiles.pem("CERTIFICATE", der);
    }
}
