package org.jswtpm.tools.cert;

import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What tells one certificate from all others.
 *
 * @param authorityKeyId the issuer's key, in hexadecimal
 * @param serial the serial number, in hexadecimal
 */
public record CertificateIdentity(String authorityKeyId, String serial) {
    private static final int SIGN = 1;

    /**
     * Reads a certificate in DER.
     *
     * @throws IOException if it is none, or does not name the key of its issuer
     */
    public static CertificateIdentity of(byte[] der) throws IOException {
        X509CertificateHolder certificate = new X509CertificateHolder(der);
        AuthorityKeyIdentifier authority = AuthorityKeyIdentifier.fromExtensions(certificate.getExtensions());
        if (authority == null || authority.getKeyIdentifierOctets() == null) {
            throw new IOException("The certificate does not have an AKID.");
        }
        byte[] serial = certificate.getSerialNumber().toByteArray();
        int start = serial.length > SIGN && serial[0] == 0 ? SIGN : 0;
        HexFormat hex = HexFormat.of();
        return new CertificateIdentity(
                hex.formatHex(authority.getKeyIdentifierOctets()), hex.formatHex(serial, start, serial.length));
    }
}
