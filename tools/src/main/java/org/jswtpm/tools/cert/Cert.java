package org.jswtpm.tools.cert;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.log.ToolLog;

/** {@code swtpm_cert}. */
public final class Cert {
    private static final short PCCLIENT_STORED_CERT = 0x1001;
    private static final short PCCLIENT_FULL_CERT = 0x1002;
    private static final Set<OpenOption> REPLACE = Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Cert() {}

    /**
     * Does what the command line says.
     *
     * @return the exit status: 0 when it was done, 1 when not
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        try {
            CertArguments arguments = CertArguments.parse(words);
            CertOption text = arguments.text();
            if (text != null) {
                out.print(CertTexts.of(text));
                return 0;
            }
            issue(arguments, out);
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            out.print(CertTexts.of(CertOption.HELP));
            return 1;
        } catch (CertException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static void issue(CertArguments arguments, PrintStream out) throws CertException, UsageException {
        SubjectPublicKeyInfo key = SubjectKey.of(arguments);
        String file = arguments.get(CertOption.SIGNKEY);
        if (file == null) {
            throw UsageException.of("Missing signature key.");
        }
        if (file.startsWith("pkcs11:")) {
            throw new CertException("Signing keys of PKCS #11 modules are not supported.");
        }
        CertificateSigner signer = signer(PemFiles.privateKey(file, Passwords.of(arguments)), arguments);
        X509CertificateHolder issuer = PemFiles.certificate(arguments.get(CertOption.ISSUERCERT));
        byte[] der = TpmCertificate.make(arguments, key, issuer, signer);
        byte[] content = arguments.has(CertOption.PEM)
                ? PemFiles.pem("CERTIFICATE", der).getBytes(StandardCharsets.US_ASCII)
                : der;
        if (arguments.has(CertOption.OUT_CERT)) {
            write(arguments.get(CertOption.OUT_CERT), content, arguments.has(CertOption.ADD_HEADER));
        } else if (arguments.has(CertOption.PEM)) {
            out.writeBytes(content);
            out.println();
        }
    }

    private static CertificateSigner signer(PrivateKeyInfo key, CertArguments arguments) throws CertException {
        try {
            return CertificateSigner.of(key, !arguments.has(CertOption.TPM2));
        } catch (IOException e) {
            throw new CertException(e.getMessage());
        }
    }

    /** A link is not followed: the file may lie in a directory of somebody else. */
    private static void write(String name, byte[] content, boolean withHeader) throws CertException {
        ByteBuffer octets = ByteBuffer.allocate(7 + content.length);
        if (withHeader) {
            // TCG_PCCLIENT_STORED_CERT (PC Client Specific Implementation Specification 1.2, 7.3.2)
            octets.putShort(PCCLIENT_STORED_CERT)
                    .put((byte) 0)
                    .putShort((short) (content.length + 2))
                    .putShort(PCCLIENT_FULL_CERT);
        }
        octets.put(content).flip();
        Path file = Path.of(name);
        try (SeekableByteChannel out =
                Files.newByteChannel(file, REPLACE, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            while (octets.hasRemaining()) {
                out.write(octets);
            }
        } catch (IOException e) {
            throw new CertException("Could not open " + name + " for writing the certificate: " + ToolLog.reason(e));
        }
    }
}
