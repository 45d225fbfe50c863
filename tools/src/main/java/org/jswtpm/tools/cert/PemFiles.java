package org.jswtpm.tools.cert;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jswtpm.tools.log.Reason;

/** Keys and certificates in PEM files. */
final class PemFiles {
    private static final char[] NO_PASSWORD = {};

    private PemFiles() {}

    /** An object in PEM. */
    static String pem(String type, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** The public key in a file. */
    static SubjectPublicKeyInfo publicKey(String file) throws CertException {
        String complaint = "Could not read PEM public key from " + file + ".";
        if (read(file, "public key file", complaint) instanceof SubjectPublicKeyInfo key) {
            return key;
        }
        throw new CertException(complaint);
    }

    /** The certificate in a file. */
    static X509CertificateHolder certificate(String file) throws CertException {
        String complaint = "Could not read certificate from " + file + ".";
        if (read(file, "issuer cert file", complaint) instanceof X509CertificateHolder certificate) {
            return certificate;
        }
        throw new CertException(complaint);
    }

    /**
     * The private key in a file.
     *
     * @param password what it is encrypted with; null where none is known
     */
    static PrivateKeyInfo privateKey(String file, char[] password) throws CertException {
        String complaint = "Could not read PEM signing key from " + file + ".";
        char[] secret = password == null ? NO_PASSWORD : password;
        try {
            // no switch over patterns: its first use takes longer than all else here
            Object object = read(file, "signing key file", complaint);
            if (object instanceof PEMEncryptedKeyPair encrypted) {
                object = encrypted.decryptKeyPair(new BcPEMDecryptorProvider(secret));
            }
            if (object instanceof PEMKeyPair pair) {
                return pair.getPrivateKeyInfo();
            }
            if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return EncryptedKey.decrypt(encrypted, secret);
            }
            if (object instanceof PrivateKeyInfo key) {
                return key;
            }
            throw new CertException(complaint);
        } catch (IOException | RuntimeException e) {
            // a wrong password ends in padding or structures that do not fit
            throw new CertException(complaint);
        }
    }

    /** The first object that a file holds and that the parser knows. */
    private static Object read(String file, String what, String complaint) throws CertException {
        String text;
        try {
            text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CertException("Could not open " + what + ": " + Reason.of(e));
        }
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            Object object = parser.readObject();
            // "openssl ecparam -genkey" writes the curve before the key
            return object instanceof ASN1ObjectIdentifier ? parser.readObject() : object;
        } catch (IOException | RuntimeException e) {
            throw new CertException(complaint);
        }
    }
}
