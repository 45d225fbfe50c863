package org.jswtpm.tools.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ML-KEM and ML-DSA keys in certificates; the JDK makes the subjects' keys, and reads and verifies what comes out. */
class PostQuantumTest {
    private static final String NAMES = "--tpm2 --tpm-manufacturer id:1 --tpm-model m --tpm-version id:2"
            + " --tpm-spec-family 2.0 --tpm-spec-level 0 --tpm-spec-revision 183";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeCa() throws Exception {
        CaKey ca = CaKey.generate("test-ca");
        Files.writeString(directory.resolve("ca.pem"), ca.certify(ca));
        Files.writeString(directory.resolve("key.pem"), ca.toPem(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void certifiesTheKeyThatIsGiven(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        byte[] octets = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                .getPublicKeyData()
                .getOctets();
        X509Certificate certificate = issue(
                "--keyalgo " + algorithm.toLowerCase(Locale.ROOT) + " --public "
                        + HexFormat.of().formatHex(octets),
                directory.resolve("key.pem"));
        assertEquals(pair.getPublic(), certificate.getPublicKey());
        assertEquals("[false, false, true]", keyUsage(certificate));
    }

    @Test
    void takesAPublicKeyFromAFile() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
        Path file = Files.writeString(
                directory.resolve("public.pem"),
                PemFiles.pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        assertEquals(
                pair.getPublic(),
                issue("--pubkey " + file, directory.resolve("key.pem")).getPublicKey());
    }

    static Stream<Arguments> signingKeys() {
        return Stream.of(MLDSAParameters.ml_dsa_44, MLDSAParameters.ml_dsa_65, MLDSAParameters.ml_dsa_87)
                .flatMap(parameters -> Stream.of(
                                MLDSAPrivateKeyParameters.BOTH,
                                MLDSAPrivateKeyParameters.SEED_ONLY,
                                MLDSAPrivateKeyParameters.EXPANDED_KEY)
                        .map(format -> Arguments.of(parameters, format)));
    }

    /** The three forms of a private key (RFC 9881, 6); OpenSSL 3.5 writes the seed and the expanded key. */
    @ParameterizedTest
    @MethodSource("signingKeys")
    void signsWithEachFormOfAPrivateKey(MLDSAParameters parameters, int format) throws Exception {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), parameters));
        var pair = generator.generateKeyPair();
        var key = ((MLDSAPrivateKeyParameters) pair.getPrivate()).getParametersWithFormat(format);
        Path file = Files.writeString(
                directory.resolve("mldsa.pem"),
                PemFiles.pem(
                        "PRIVATE KEY",
                        PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded()));
        X509Certificate certificate = issue("--modulus " + "c1".repeat(256), file);
        byte[] subject = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic())
                .getEncoded();
        certificate.verify(publicKey(subject));
    }

    /** The JDK's view of a key, whose algorithm it finds in the encoding. */
    private static PublicKey publicKey(byte[] encoded) throws Exception {
        return KeyFactory.getInstance("ML-DSA").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static String keyUsage(X509Certificate certificate) {
        return Arrays.toString(Arrays.copyOf(certificate.getKeyUsage(), 3));
    }

    private static X509Certificate issue(String options, Path key) throws Exception {
        Path file = directory.resolve("certificate");
        String line = NAMES + " " + options + " --issuercert " + directory.resolve("ca.pem") + " --signkey " + key
                + " --out-cert " + file;
        assertEquals(
                new Run(0, "", ""), Run.of(Cert::run, List.of(line.split(" ")).toArray(new String[0])));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
