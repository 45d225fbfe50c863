package org.jswtpm.tools.cert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates are read by the JDK, which knows nothing of Bouncy Castle. */
class CertTest {
    private static final String MODULUS = "c1".repeat(256);
    private static final String NAMES = "--tpm-manufacturer id:00001014 --tpm-model swtpm --tpm-version id:20191023"
            + " --platform-manufacturer pm --platform-model pmod --platform-version 2.1"
            + " --tpm-spec-family 2.0 --tpm-spec-level 0 --tpm-spec-revision 164";

    @TempDir
    private static Path directory;

    private static CaKey ca;

    @BeforeAll
    static void makeCa() throws Exception {
        ca = CaKey.generate("test-ca");
        Files.writeString(directory.resolve("ca.pem"), ca.certify(ca));
        Files.writeString(directory.resolve("key.pem"), ca.toPem(null));
        Files.writeString(directory.resolve("encrypted.pem"), ca.toPem("secret".toCharArray()));
    }

    /** The values of the extensions are those that swtpm_cert 0.7.1 writes for the same options. */
    @ParameterizedTest
    @CsvSource({
        "--type ek --tpm2, 2.5.29.17,"
                + " 3046a444304231163014060567810502010c0b69643a30303030313031343110300e060567810502020c05737774706d"
                + "31163014060567810502030c0b69643a3230313931303233",
        "--type ek --tpm2, 2.5.29.9, 3019301706056781050210310e300c0c03322e30020100020200a4",
        "--type ek --tpm2, 2.5.29.37, 300706056781050801",
        "--type ek --tpm2, 2.5.29.15, 03020520",
        "--type ek --tpm2 --allow-signing, 2.5.29.15, 03020780",
        "--type ek --tpm2 --allow-signing --decryption, 2.5.29.15, 030205a0",
        "--type ek --tpm2, 2.5.29.19, 3000",
        "--type platform --tpm2, 2.5.29.37, 300706056781050802"
    })
    void writesTheFieldsOfTheTcg(String options, String extension, String value) throws Exception {
        byte[] octets = issue(options + " --modulus " + MODULUS).getExtensionValue(extension);
        assertEquals(value.replace(" ", ""), HexFormat.of().formatHex(octets, 2, octets.length));
    }

    @Test
    void anEccKeyAgreesOnSecrets() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        var point = ((ECPublicKey) generator.generateKeyPair().getPublic()).getW();
        X509Certificate certificate = issue("--tpm2 --ecc-curveid secp384r1 --ecc-x " + hex(point.getAffineX())
                + " --ecc-y " + hex(point.getAffineY()));
        assertEquals("[4]", usages(certificate));
        assertEquals(point, ((ECPublicKey) certificate.getPublicKey()).getW());
    }

    @Test
    void takesSerialSubjectAndValidityFromTheLine() throws Exception {
        X509Certificate certificate = issue("--tpm2 --serial 1461501637330902918203684832716283019655932542975"
                + " --days -1 --subject CN=vm:1,L=X,C=US --modulus " + MODULUS);
        assertEquals(160, certificate.getSerialNumber().bitLength());
        assertEquals("C=US, L=X, CN=vm:1", certificate.getSubjectX500Principal().toString());
        assertEquals(
                "9999-12-31T23:59:59Z", certificate.getNotAfter().toInstant().toString());
    }

    /** The first column is what swtpm_cert 0.7.1 writes for it, up to the line; what follows it refuses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "13056 plain | CN=plain",
                "13056 a=b | CN=a=b",
                "0c05x a_b | CN=a_b",
                "0c05x a*b | CN=a*b",
                "0c05x a;b | CN=a;b",
                "0c05x <x | CN=<x",
                "0c05x q\"x | CN=q\"x",
                "0c05x back\\ | CN=back\\",
                "0c05x a\"b | CN=a\\\"b",
                "0c05x a\\b | CN=a\\\\b",
                "13056 a,b | CN=a\\,b",
                "13056 a+b | CN=a\\+b",
                "0c05x #b | CN=\\#b",
                "0c05x ümlaut 日本 | CN=ümlaut 日本",
                "13056 blank | CN =  blank  ",
                "0c05x #1 desktop | CN=#1 desktop",
                "0c05x #0c0131 | CN=#0c0131",
                "0c05x b\\s | CN=b\\s",
                "0c05x \\C3 | CN=\\C3",
                "13056 a+O=b | CN=a+O=b"
            })
    void aNameIsText(String expected, String subject) throws Exception {
        String name = expected.substring(6);
        X509Certificate certificate = issueWords(List.of("--tpm2", "--subject", subject, "--modulus", MODULUS));
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        String type = expected.startsWith("13") ? "13" : "0c";
        String value = type
                + HexFormat.of().toHexDigits((byte) utf8.length)
                + HexFormat.of().formatHex(utf8);
        String der =
                HexFormat.of().formatHex(certificate.getSubjectX500Principal().getEncoded());
        assertTrue(der.endsWith("0603550403" + value), der);
    }

    @Test
    void aNameMayBeLongerThanX520WantsIt() throws Exception {
        String name = "n".repeat(300);
        X509Certificate certificate = issueWords(List.of("--tpm2", "--subject", "CN=" + name, "--modulus", MODULUS));
        assertEquals("CN=" + name, certificate.getSubjectX500Principal().getName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN= | There is no name behind 'CN=' in the subject.",
                "CN=a,O=  ,L=b | There is no name behind 'O=' in the subject.",
                "x=a | Unknown attribute 'x' in the subject."
            })
    void refusesASubjectThatNamesNothing(String subject, String complaint) {
        Run run = run(List.of("--tpm2", "--subject", subject, "--modulus", MODULUS));
        assertEquals(new Run(1, "", complaint + "\n"), run);
    }

    /** Numbers that the library behind this answers by exceptions. */
    @Test
    void refusesKeysThatAreNone() throws Exception {
        String large = "ff".repeat(32);
        Run point = run(List.of("--tpm2", "--ecc-x", large, "--ecc-y", large));
        assertEquals(new Run(1, "", "Could not create secp256r1 key\n"), point);
        Path even = Files.writeString(
                directory.resolve("even.pem"),
                PemFiles.pem(
                        "RSA PRIVATE KEY",
                        HexFormat.of().parseHex("301b" + "020100" + "020104" + "020103" + "020101".repeat(6))));
        Run key = run(List.of("--tpm2", "--modulus", MODULUS, "--signkey", even.toString()));
        assertEquals(1, key.status());
        assertEquals(1, key.err().lines().count(), key::err);
        assertTrue(key.err().contains(even.toString()), key::err);
    }

    @Test
    void aCertificateForATpm12HasNoSubjectAndASha1Signature() throws Exception {
        X509Certificate certificate = issue("--subject CN=vm --modulus " + MODULUS);
        assertEquals("", certificate.getSubjectX500Principal().getName());
        assertEquals("SHA1withRSA", certificate.getSigAlgName());
    }

    @Test
    void aDeviceIdentityNamesItsHardware() throws Exception {
        X509Certificate certificate =
                issue("--type iak --tpm2 --subject serialNumber=1 --tpm-serial-num 47 --modulus " + MODULUS);
        byte[] name = certificate.getExtensionValue("2.5.29.17");
        // GeneralNames, directoryName, RDN of id-on-hardwareModuleName with hwType 2.23.133.1.2 and hwSerialNum "47"
        assertEquals(
                "301fa41d301b3119" + "301706082b06010505070804" + "300b06056781050102" + "04023437",
                HexFormat.of().formatHex(name, 2, name.length));
        assertEquals("[0]", usages(certificate));
    }

    @Test
    void takesPostQuantumKeys() throws Exception {
        X509Certificate certificate = issue("--tpm2 --keyalgo ml-kem-768 --public " + "07".repeat(1184));
        assertEquals("ML-KEM", certificate.getPublicKey().getAlgorithm());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, SHA256withRSA",
        "RSA, 4096, SHA384withRSA",
        "EC, 256, SHA256withECDSA",
        "EC, 384, SHA384withECDSA",
        "EC, 521, SHA512withECDSA",
        "Ed25519, 0, Ed25519",
        "Ed448, 0, Ed448",
        "ML-DSA-65, 0, ML-DSA"
    })
    void signsAsTheKeyOfTheCaWants(String algorithm, int bits, String signature) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        KeyPair pair = generator.generateKeyPair();
        String body = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        Path key = Files.writeString(
                directory.resolve("other.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        X509Certificate certificate = issue("--tpm2 --modulus " + MODULUS + " --signkey " + key);
        certificate.verify(pair.getPublic());
        assertTrue(certificate.getSigAlgName().startsWith(signature), certificate::getSigAlgName);
    }

    @ParameterizedTest
    @CsvSource({"--signkey-password secret", "--signkey-pwd pass:secret", "--signkey-pwd file:PASSWORD"})
    void decryptsTheKeyOfTheCa(String option) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "secret");
        issue("--tpm2 --modulus " + MODULUS + " --signkey " + directory.resolve("encrypted.pem") + " "
                + option.replace("PASSWORD", password.toString()));
    }

    @Test
    void addsTheHeaderOfTheNvramOnDemand() throws Exception {
        Path file = directory.resolve("header");
        run(NAMES + " --modulus " + MODULUS + " --add-header --out-cert " + file);
        byte[] octets = Files.readAllBytes(file);
        int size = octets.length - 7 + 2;
        assertArrayEquals(
                new byte[] {0x10, 0x01, 0, (byte) (size >> 8), (byte) size, 0x10, 0x02}, Arrays.copyOf(octets, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tpm2 | No parameters for a public key were given.",
                "--modulus abc | Got an odd number of hex digits (3).",
                "--modulus zz | Illegal hex character 'z'.",
                "--modulus 00 --ecc-x 00 | Already found options for 'RSA' key; cannot switch to 'EC'.",
                "--ecc-x 00 | ECC x and y parameters must both be given.",
                "--keyalgo ml-kem-512 | Missing --public option for key type ML-KEM.",
                "--keyalgo rsa | Unsupported key type 'rsa'.",
                "--days -2 | Days value of '-2' is outside valid range.",
                "--serial x | Serial number is invalid.",
                "--serial 1461501637330902918203684832716283019655932542976 --modulus 00 | Serial number is too large.",
                "--type x | Unknown certificate type 'x'.",
                "--tpm-spec-level -1 | --tpm-spec-level must pass a positive number.",
                "--modulus 00 --signkey-password x | Could not read PEM signing key from ENCRYPTED.",
                "--modulus 00 --signkey pkcs11:x=y | The attribute 'x=y' of a PKCS #11 URI is not supported."
            })
    void complains(String options, String message) {
        String encrypted = directory.resolve("encrypted.pem").toString();
        String key = options.contains("password") ? " --signkey " + encrypted : "";
        Run run = Run.of(Cert::run, words(NAMES + key + " " + options));
        assertEquals(1, run.status());
        assertTrue(run.err().startsWith(message.replace("ENCRYPTED", encrypted)), run::err);
    }

    private static String usages(X509Certificate certificate) {
        List<Integer> set = new ArrayList<>();
        for (int i = 0; i < certificate.getKeyUsage().length; i++) {
            if (certificate.getKeyUsage()[i]) {
                set.add(i);
            }
        }
        return set.toString();
    }

    private static String hex(BigInteger number) {
        String digits = number.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    private static X509Certificate issue(String options) throws Exception {
        Path file = directory.resolve("certificate");
        run(NAMES + " " + options + " --out-cert " + file);
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static void run(String line) {
        assertEquals(new Run(0, "", ""), Run.of(Cert::run, words(line)));
    }

    private static X509Certificate issueWords(List<String> more) throws Exception {
        assertEquals(new Run(0, "", ""), run(more));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("certificate"))));
    }

    /** For words with blanks in them. */
    private static Run run(List<String> more) {
        List<String> words = new ArrayList<>(List.of(words(NAMES + " --out-cert " + directory.resolve("certificate"))));
        words.addAll(more);
        return Run.of(Cert::run, words.toArray(new String[0]));
    }

    private static String[] words(String line) {
        String issuer = line.contains("--issuercert") ? "" : " --issuercert " + directory.resolve("ca.pem");
        String key = line.contains("--signkey ") ? "" : " --signkey " + directory.resolve("key.pem");
        return (line + issuer + key).split(" ");
    }
}
