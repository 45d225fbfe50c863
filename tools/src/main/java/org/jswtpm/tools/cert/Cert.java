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
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;
import org.jswtpm.tools.pkcs11.Pkcs11Exception;
import org.jswtpm.tools.pkcs11.Pkcs11Key;
import org.jswtpm.tools.pkcs11.Pkcs11Uri;

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
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, ToolLog.of(out, err));
        }
    }

    private static void issue(CertArguments arguments, PrintStream out) throws CertException, UsageException {
        SubjectPublicKeyInfo key = SubjectKey.of(arguments);
        String file = arguments.get(CertOption.SIGNKEY);
        if (file == null) {
            throw UsageException.of("Missing signature key.");
        }
        X509CertificateHolder issuer = PemFiles.certificate(arguments.get(CertOption.ISSUERCERT));
        byte[] der = Pkcs11Uri.isOne(file)
                ? makeWithToken(file, arguments, key, issuer)
                : TpmCertificate.make(arguments, key, issuer, signer(file, arguments));
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

    private static byte[] makeWithToken(
            String uri, CertArguments arguments, SubjectPublicKeyInfo key, X509CertificateHolder issuer)
            throws CertException {
        byte[] pin = Passwords.pin(arguments);
        try (Pkcs11Key token = Pkcs11Key.open(uri, pin)) {
            return TpmCertificate.make(arguments, key, issuer, TokenSigner.of(token, isSha1(arguments)));
        } catch (Pkcs11Exception e) {
            throw new CertException(e.getMessage());
        } finally {
            if (pin != null) {
                Arrays.fill(pin, (byte) 0);
            }
        }
    }

    private static boolean isSha1(CertArguments arguments) {
        return !arguments.has(CertOption.TPM2);
    }

    private static CertificateSigner signer(String file, CertArguments arguments) throws CertException {
        PrivateKeyInfo key = PemFiles.privateKey(file, Passwords.of(arguments));
        try {
            return CertificateSigner.of(key, isSha1(arguments));
        } catch (IOException e) {
            throw new CertException(e.getMessage());
        } catch (RuntimeException e) { // the library's answer to curves and numbers that it refuses
            throw new CertException("Unsupported signing key in " + file + ".");
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
            throw new CertException("Could not open " + name + " for writing the certificate: " + Reason.of(e));
        }
    }
}
