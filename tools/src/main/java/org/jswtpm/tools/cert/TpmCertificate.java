package org.jswtpm.tools.cert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.operator.ContentSigner;

/** A certificate for a key of a TPM. */
final class TpmCertificate {
    /** RFC 5280, 4.1.2.5: no well-defined expiration date. */
    static final String NEVER = "99991231235959Z";

    private final CertArguments arguments;
    private final SubjectPublicKeyInfo key;

    private TpmCertificate(CertArguments arguments, SubjectPublicKeyInfo key) {
        this.arguments = arguments;
        this.key = key;
    }

    /** Makes the certificate that the command line asks for, in DER. */
    static byte[] make(
            CertArguments arguments, SubjectPublicKeyInfo key, X509CertificateHolder issuer, ContentSigner signer)
            throws CertException {
        TpmCertificate certificate = new TpmCertificate(arguments, key);
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer.getSubject(),
                arguments.serial(),
                new Time(Date.from(now)),
                certificate.end(now),
                certificate.subject(),
                key);
        try {
            certificate.addExtensions(builder, issuer);
            return builder.build(signer).getEncoded();
        } catch (IOException e) {
            throw new CertException("Could not create the certificate: " + e.getMessage());
        } catch (UncheckedIOException e) { // of a signer, which can throw nothing else
            throw new CertException(
                    "Could not sign the certificate: " + e.getCause().getMessage());
        }
    }

    private Time end(Instant now) throws CertException {
        if (arguments.days() < 0) {
            return new Time(new ASN1GeneralizedTime(NEVER));
        }
        Instant end = now.plus(Duration.ofDays(arguments.days()));
        if (end.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new CertException("Days '" + arguments.days() + "' may be too far in the future.");
        }
        return new Time(Date.from(end));
    }

    /** Has to be empty for a TPM 1.2. */
    private X500Name subject() throws CertException {
        String subject = arguments.has(CertOption.TPM2) ? arguments.get(CertOption.SUBJECT) : null;
        return SubjectName.parse(subject == null ? "" : subject);
    }

    private void addExtensions(X509v3CertificateBuilder builder, X509CertificateHolder issuer)
            throws IOException, CertException {
        CertificateType type = arguments.type();
        // critical where the subject may be empty (RFC 5280, 4.2.1.6)
        boolean critical = !type.isDeviceIdentity();
        builder.addExtension(Extension.subjectAlternativeName, critical, TcgNames.subjectAlternativeName(arguments));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        if (type == CertificateType.EK) {
            builder.addExtension(Extension.subjectDirectoryAttributes, false, TcgNames.specification(arguments));
        }
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(issuer)));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage(type)));
        if (type.extendedKeyUsage() != null) {
            KeyPurposeId purpose = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(type.extendedKeyUsage()));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
    }

    /** The issuer's subject key identifier; where it has none, what RFC 5280 proposes for one. */
    static byte[] keyId(X509CertificateHolder issuer) throws CertException {
        Extension extension = issuer.getExtension(Extension.subjectKeyIdentifier);
        try {
            return extension == null
                    ? keyId(issuer.getSubjectPublicKeyInfo())
                    : ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
        } catch (RuntimeException e) { // the library's answer to what is no such extension
            throw new CertException("Could not read the key identifier in the issuer's certificate.");
        }
    }

    /** SHA-1 of the key's bits (RFC 5280, 4.2.1.2, method 1). */
    static byte[] keyId(SubjectPublicKeyInfo key) {
        byte[] bits = key.getPublicKeyData().getBytes();
        SHA1Digest digest = new SHA1Digest();
        digest.update(bits, 0, bits.length);
        byte[] id = new byte[digest.getDigestSize()];
        digest.doFinal(id, 0);
        return id;
    }

    private int keyUsage(CertificateType type) {
        if (type.isDeviceIdentity()) {
            return KeyUsage.digitalSignature;
        }
        if (!arguments.has(CertOption.TPM2)) {
            return KeyUsage.keyEncipherment;
        }
        boolean signing = arguments.has(CertOption.ALLOW_SIGNING);
        int usage = signing ? KeyUsage.digitalSignature : 0;
        if (!signing || arguments.has(CertOption.DECRYPTION)) {
            usage |= SubjectKey.isEcc(key) ? KeyUsage.keyAgreement : KeyUsage.keyEncipherment;
        }
        return usage;
    }
}
