package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** swtpm_cert and swtpm_localca, ours and Debian's, on the same input and with one CA. */
@Needs(SWTPM_TOOLS)
class CertificatesIT {
    private static final Path OURS = Swtpm.underTest().executable().getParent();
    private static final Path DEBIANS = Path.of("/usr/bin");
    private static final String RSA_KEY = "c1".repeat(256);
    /** The base point of NIST P-256. */
    private static final String ECC_KEY = "x=6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
            + "y=4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    private static final String COMMON = "--tpm-spec-family 2.0 --tpm-spec-level 0 --tpm-spec-revision 164"
            + " --tpm-manufacturer id:00001014 --tpm-model swtpm --tpm-version id:20191023 --vmid vm:1,2 ";

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws Exception {
        Path ca = directory.resolve("ca");
        Files.write(
                directory.resolve("conf"),
                List.of(
                        "statedir = " + ca,
                        "signingkey = " + ca.resolve("signkey.pem"),
                        "issuercert = " + ca.resolve("issuercert.pem")));
        Files.writeString(
                directory.resolve("options"),
                "--platform-manufacturer Fedora\n--platform-version 2.1\n--platform-model QEMU\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--type ek --tpm2 --ek RSA",
                "--type ek --tpm2 --allow-signing --decryption --ek RSA",
                "--type ek --tpm2 --ek ECC",
                "--type platform --tpm2 --ek RSA",
                "--type ek --ek RSA",
                "--type platform --ek RSA"
            })
    void bothIssueTheSameCertificateWithOneCa(String options) throws Exception {
        IssuedCertificate theirs = issue(DEBIANS, options);
        IssuedCertificate ours = issue(OURS, options);
        assertEquals(theirs.fields(), ours.fields());
        // Debian's was the first to use the directory; ours goes on with its numbers
        assertEquals(theirs.serial().add(BigInteger.ONE), ours.serial());
    }

    @Test
    void debiansGoesOnWithOurCa() throws Exception {
        IssuedCertificate ours = issue(OURS, "--type ek --tpm2 --ek RSA");
        IssuedCertificate theirs = issue(DEBIANS, "--type ek --tpm2 --ek RSA");
        assertEquals(ours.fields(), theirs.fields());
        assertEquals(20, ours.serial().toString().length());
        // Debian's release writes a number of 64 bits as a negative one
        assertEquals(ours.serial().longValue() + 1, theirs.serial().longValueExact());
    }

    /** Signing keys of OpenSSL, which Debian's release of swtpm_cert does not take but the one we follow does. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ed25519", "ed448", "EC -pkeyopt ec_paramgen_curve:P-521", "RSA -pkeyopt rsa_keygen_bits:4096"})
    void opensslVerifiesWhatItsKeysSign(String algorithm) throws Exception {
        run("openssl genpkey -out key.pem -algorithm " + algorithm);
        run("openssl req -x509 -new -key key.pem -subj /CN=ca -out ca.pem");
        run(OURS + "/swtpm_cert --tpm2 --type platform --modulus " + RSA_KEY
                + " --signkey key.pem --issuercert ca.pem --pem"
                + " --platform-manufacturer M --platform-model P --platform-version 1 --out-cert cert.pem"
                + " --tpm-manufacturer id:1 --tpm-model m --tpm-version id:2");
        run("openssl verify -CAfile ca.pem cert.pem");
    }

    /** The installed OpenSSL knows no such keys: the JDK makes and verifies them. */
    @Test
    void signsAPostQuantumKeyByAnother() throws Exception {
        KeyPair signer = KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
        PublicKey subject =
                KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair().getPublic();
        String body = Base64.getMimeEncoder().encodeToString(signer.getPrivate().getEncoded());
        Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        run("openssl req -x509 -newkey rsa:2048 -noenc -keyout other.pem -subj /CN=ca -out ca.pem");
        byte[] encoded = subject.getEncoded();
        byte[] octets = Arrays.copyOfRange(encoded, encoded.length - 1184, encoded.length);
        run(OURS + "/swtpm_cert --tpm2 --type platform --keyalgo ml-kem-768 --public "
                + HexFormat.of().formatHex(octets) + " --signkey key.pem --issuercert ca.pem --out-cert cert.der"
                + " --platform-manufacturer M --platform-model P --platform-version 1"
                + " --tpm-manufacturer id:1 --tpm-model m --tpm-version id:2");
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("cert.der"))));
        certificate.verify(signer.getPublic());
        assertEquals(subject, certificate.getPublicKey());
    }

    private void run(String line) throws Exception {
        ChildProcess.run(directory, Map.of(), List.of(line.split(" "))).requireSuccess();
    }

    private IssuedCertificate issue(Path tools, String options) throws Exception {
        String type = options.contains("platform") ? "platform" : "ek";
        List<String> words =
                new ArrayList<>(List.of(tools.resolve("swtpm_localca").toString()));
        String line = COMMON + options.replace("RSA", RSA_KEY).replace("ECC", ECC_KEY);
        words.addAll(List.of(line.split(" ")));
        words.addAll(List.of("--dir", directory.toString()));
        words.addAll(List.of("--configfile", directory.resolve("conf").toString()));
        words.addAll(List.of("--optsfile", directory.resolve("options").toString()));
        Completed run = ChildProcess.run(directory, Map.of(), words).requireSuccess();
        assertTrue(run.stdout().contains("Successfully created "), run::stdout);
        byte[] octets = Files.readAllBytes(directory.resolve(type + ".cert"));
        if (options.contains("--tpm2")) {
            return IssuedCertificate.read(octets, directory.resolve("ca/issuercert.pem"));
        }
        // behind TCG_PCCLIENT_STORED_CERT
        assertEquals("100100", HexFormat.of().formatHex(octets, 0, 3));
        byte[] certificate = Arrays.copyOfRange(octets, 7, octets.length);
        assertEquals(certificate.length + 2, (octets[3] & 0xff) << 8 | octets[4] & 0xff);
        return type.equals("ek")
                ? IssuedCertificate.read(certificate, directory.resolve("ca/issuercert.pem"))
                : new IssuedCertificate(serialOf(certificate), Map.of());
    }

    /** The JDK does not read the platform certificates of a TPM 1.2; their serial number is the first integer of a value. */
    private static BigInteger serialOf(byte[] certificate) {
        int position = 4 + 4 + 5;
        int length = certificate[position + 1];
        return new BigInteger(certificate, position + 2, length);
    }
}
