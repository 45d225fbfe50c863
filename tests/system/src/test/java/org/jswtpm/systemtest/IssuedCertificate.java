package org.jswtpm.systemtest;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A certificate as the JDK reads it.
 *
 * @param serial its serial number
 * @param fields all else that two programs have to agree on
 */
record IssuedCertificate(BigInteger serial, Map<String, String> fields) {
    /**
     * Reads a certificate, whose signature has to be its issuer's.
     *
     * @param octets the certificate in DER
     * @param issuerFile that of the issuer in PEM
     */
    static IssuedCertificate read(byte[] octets, Path issuerFile) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets));
        X509Certificate issuer =
                (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(issuerFile)));
        if (!certificate.getSigAlgName().startsWith("SHA1")) {
            certificate.verify(issuer.getPublicKey());
        }
        Map<String, String> fields = new TreeMap<>();
        fields.put("issuer", certificate.getIssuerX500Principal().toString());
        fields.put("subject", certificate.getSubjectX500Principal().toString());
        fields.put("end", certificate.getNotAfter().toInstant().toString());
        fields.put(
                "key",
                Base64.getEncoder().encodeToString(certificate.getPublicKey().getEncoded()));
        fields.put("hash", certificate.getSigAlgName().startsWith("SHA1") ? "SHA-1" : "SHA-2");
        fields.put("critical", new TreeSet<>(certificate.getCriticalExtensionOIDs()).toString());
        Set<String> extensions = new TreeSet<>(certificate.getCriticalExtensionOIDs());
        extensions.addAll(certificate.getNonCriticalExtensionOIDs());
        for (String extension : extensions) {
            fields.put(extension, HexFormat.of().formatHex(certificate.getExtensionValue(extension)));
        }
        return new IssuedCertificate(certificate.getSerialNumber(), fields);
    }
}
