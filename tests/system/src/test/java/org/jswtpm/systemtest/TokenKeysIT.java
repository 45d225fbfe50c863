package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.GNUTLS_BIN;
import static org.jswtpm.systemtest.environment.DebianPackage.SOFTHSM2;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** A CA whose key is in a PKCS #11 token, that of SoftHSM: our programs and Debian's issue the same with it. */
@Needs({SOFTHSM2, GNUTLS_BIN, SWTPM_TOOLS})
class TokenKeysIT {
    private static final Path OURS = Swtpm.underTest().executable().getParent();
    private static final Path DEBIANS = Path.of("/usr/bin");
    private static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";
    private static final String RSA = "--generate-privkey=rsa --bits=2048";
    private static final String TPM = " --tpm-manufacturer id:1 --tpm-model m --tpm-version id:2 --tpm-spec-family 2.0"
            + " --tpm-spec-level 0 --tpm-spec-revision 164 --tpm2 ";
    private static final String SUBJECT_KEY = "c1".repeat(256);

    @TempDir
    private Path directory;

    private Path softHsm;
    private Path issuer;
    private Path config;

    @BeforeEach
    void makeToken() throws Exception {
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        softHsm = Files.writeString(directory.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\n");
        issuer = directory.resolve("issuer.pem");
        config = directory.resolve("conf");
        run(DEBIANS, "softhsm2-util --init-token --free --pin 12;34 --so-pin 5678 --label", "a ca")
                .requireSuccess();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {RSA, "--generate-privkey=ecdsa --curve=secp256r1", "--generate-privkey=ecdsa --curve=secp384r1"})
    void bothIssueTheSameCertificate(String generate) throws Exception {
        makeCa(generate);
        configure("SWTPM_PKCS11_PIN = 12;34");
        IssuedCertificate theirs = issue(DEBIANS);
        IssuedCertificate ours = issue(OURS);
        assertEquals(theirs.fields(), ours.fields());
        assertEquals(theirs.serial().add(BigInteger.ONE), ours.serial());
    }

    @Test
    void aPasswordOfTheConfigurationIsThePin() throws Exception {
        makeCa(RSA);
        configure("signingkey_password = 12;34");
        IssuedCertificate theirs = issue(DEBIANS);
        assertEquals(theirs.fields(), issue(OURS).fields());
    }

    @Test
    void theUriCanNameTheModuleAndThePin() throws Exception {
        makeCa(RSA);
        Path certificate = directory.resolve("certificate");
        certify("pkcs11:object=key?module-path=" + MODULE + "&pin-value=12%3B34", certificate)
                .requireSuccess();
        IssuedCertificate.read(Files.readAllBytes(certificate), issuer);
    }

    @Test
    void complainsOfAWrongPinAndOfAMissingKey() throws Exception {
        makeCa(RSA);
        Path certificate = directory.resolve("certificate");
        String module = "?module-path=" + MODULE + "&pin-value=";
        Completed wrong = certify("pkcs11:token=a%20ca;object=key" + module + "99", certificate);
        assertEquals(
                "1 The PIN of the PKCS #11 token is not correct.",
                wrong.exitCode() + " " + wrong.stderr().strip());
        String uri = "pkcs11:token=a%20ca;object=other" + module + "12%3B34";
        Completed missing = certify(uri, certificate);
        assertEquals(
                "1 Could not get access to private key " + uri + ".",
                missing.exitCode() + " " + missing.stderr().strip());
    }

    private Completed certify(String uri, Path certificate) throws Exception {
        return run(
                OURS,
                "swtpm_cert" + TPM + "--modulus " + SUBJECT_KEY + " --issuercert " + issuer + " --out-cert "
                        + certificate + " --signkey",
                uri);
    }

    /** A key of that kind in the token, and the certificate of a CA for it. */
    private void makeCa(String generate) throws Exception {
        run(DEBIANS, "p11tool --login --label=key " + generate, "pkcs11:token=a%20ca")
                .requireSuccess();
        Path template = Files.writeString(directory.resolve("template"), "cn=ca\nca\ncert_signing_key\n");
        String key = "pkcs11:token=a%20ca;object=key;type=";
        run(
                        DEBIANS,
                        "certtool --generate-self-signed --template " + template + " --outfile " + issuer
                                + " --load-pubkey " + key + "public --load-privkey",
                        key + "private")
                .requireSuccess();
    }

    private void configure(String pin) throws Exception {
        Files.write(
                config,
                List.of(
                        "statedir = " + Files.createDirectory(directory.resolve("state")),
                        "signingkey = pkcs11:token=a%20ca\\;object=key\\;type=private",
                        "issuercert = " + issuer,
                        pin,
                        "env:SOFTHSM2_CONF=" + softHsm));
    }

    private IssuedCertificate issue(Path tools) throws Exception {
        Path output = Files.createDirectories(directory.resolve("output"));
        String line = "swtpm_localca --type ek --vmid vm" + TPM + "--ek " + SUBJECT_KEY + " --configfile " + config
                + " --optsfile /dev/null --dir";
        // neither program inherits the place of the token
        List<String> words = words(tools, line, output.toString());
        ChildProcess.run(directory, Map.of(), words).requireSuccess();
        return IssuedCertificate.read(Files.readAllBytes(output.resolve("ek.cert")), issuer);
    }

    private Completed run(Path tools, String line, String last) throws Exception {
        Map<String, String> environment = Map.of("SOFTHSM2_CONF", softHsm.toString(), "GNUTLS_PIN", "12;34");
        return ChildProcess.run(directory, environment, words(tools, line, last));
    }

    private static List<String> words(Path tools, String line, String last) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.set(0, tools.resolve(words.getFirst()).toString());
        words.add(last);
        assertTrue(Files.isExecutable(Path.of(words.getFirst())), words::toString);
        return words;
    }
}
