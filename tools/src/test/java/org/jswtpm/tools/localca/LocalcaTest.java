package org.jswtpm.tools.localca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.x500.X500Principal;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalcaTest {
    @TempDir
    private Path directory;

    private Path ca;
    private Path config;
    private Path options;

    @BeforeEach
    void configure() throws Exception {
        ca = directory.resolve("ca");
        config = Files.write(
                directory.resolve("conf"),
                List.of(
                        "# where the CA is",
                        "statedir = " + ca + " # here",
                        "signingkey=" + ca.resolve("signkey.pem"),
                        "issuercert = " + ca.resolve("issuercert.pem"),
                        "certserial = " + ca.resolve("certserial")));
        options = Files.write(
                directory.resolve("options"),
                List.of("--platform-manufacturer M", "", "--platform-model P  --platform-version 1"));
    }

    @Test
    void programsThatRunAtTheSameTimeMakeOneCaAndNoSerialNumberTwice() throws Exception {
        List<CompletableFuture<Run>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path output = Files.createDirectory(directory.resolve("out" + i));
            runs.add(CompletableFuture.supplyAsync(() -> run("ek", output)));
        }
        int creations = 0;
        for (CompletableFuture<Run> run : runs) {
            assertEquals(0, run.join().status(), run.join()::err);
            creations += run.join().out().contains("Creating root CA") ? 1 : 0;
        }
        assertEquals(1, creations);
        X509Certificate root = certificate(ca.resolve("swtpm-localca-rootca-cert.pem"));
        X509Certificate issuer = certificate(ca.resolve("issuercert.pem"));
        issuer.verify(root.getPublicKey());
        TreeSet<BigInteger> serials = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            X509Certificate certificate = certificate(directory.resolve("out" + i + "/ek.cert"));
            certificate.verify(issuer.getPublicKey());
            serials.add(certificate.getSerialNumber());
        }
        assertEquals(4, serials.size());
        assertEquals(serials.last().toString(), Files.readString(ca.resolve("certserial")));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(ca.resolve("signkey.pem"))));
    }

    @Test
    void takesPlatformNamesFromTheOptionsAndASafeNameFromTheMachine() throws Exception {
        Run run = run("platform", directory);
        assertEquals(0, run.status(), run::err);
        assertTrue(run.out().endsWith("Successfully created platform certificate locally.\n"), run::out);
        X509Certificate certificate = certificate(directory.resolve("platform.cert"));
        assertEquals("CN=vm_1_2", certificate.getSubjectX500Principal().getName());
    }

    /** With 20 digits, as swtpm does; in 64 bits, in which its older releases count. */
    @ParameterizedTest
    @ValueSource(strings = {"1461501637330902918203684832716283019655932542975", "seven", ""})
    void startsAgainWhereNoSerialNumberFollows(String last) throws Exception {
        Files.createDirectory(ca);
        Files.writeString(ca.resolve("certserial"), last);
        assertEquals(0, run("ek", directory).status());
        BigInteger serial = certificate(directory.resolve("ek.cert")).getSerialNumber();
        assertEquals(20, serial.toString().length());
        assertTrue(serial.bitLength() <= Long.SIZE, serial::toString);
        assertEquals(serial.toString(), Files.readString(ca.resolve("certserial")));
    }

    @Test
    void continuesTheSerialNumbersOfAnEarlierRelease() throws Exception {
        Files.createDirectory(ca);
        Files.writeString(ca.resolve("certserial"), "7");
        assertEquals(0, run("ek", directory).status());
        assertEquals(
                "8", certificate(directory.resolve("ek.cert")).getSerialNumber().toString());
    }

    @Test
    void namesWhatTheConfigurationLacks() throws Exception {
        Files.writeString(config, "statedir = " + ca);
        assertEquals(
                "Missing 'signingkey' config value in config file " + config + ".\n",
                run("ek", directory).err());
    }

    @Test
    void writesItsMessagesIntoTheLogFile() throws Exception {
        Path log = directory.resolve("log");
        Run run = Run.of(
                Localca::run, "--logfile", log.toString(), "--configfile", "/nowhere", "--optsfile", "/dev/null");
        assertEquals(new Run(1, "", ""), run);
        assertTrue(Files.readString(log).startsWith("Need read rights on config file /nowhere for user "));
    }

    /** The first column is what swtpm makes of the name, where it takes it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vm_1_2 | vm,1+2",
                "a+b | a\\+b",
                "lead trail |   lead trail  ",
                "ümlaut | ümlaut",
                "CN=x | CN=x",
                "#1 desktop | #1 desktop",
                "#0c0131 | #0c0131",
                "x\\_y | x\\,y",
                "<>;\"= | <>;\"="
            })
    void anyNameOfAMachineBecomesASubject(String name, String vmid) throws Exception {
        assertEquals(0, run("ek", directory, vmid).status());
        X500Principal subject = certificate(directory.resolve("ek.cert")).getSubjectX500Principal();
        String der = HexFormat.of().formatHex(subject.getEncoded());
        String value = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        assertTrue(der.endsWith(value), der);
        assertEquals(0, run("iak", directory, vmid).status());
    }

    @Test
    void anEmptyNameIsRefused() {
        Run run = run("ek", directory, " ");
        assertEquals(1, run.status());
        assertEquals(
                "Could not create EK certificate locally\nThere is no name behind 'CN=' in the subject.\n\n",
                run.err());
    }

    /** An empty path would be the directory of who runs this; swtpm refuses it, too. */
    @ParameterizedTest
    @ValueSource(strings = {"statedir", "signingkey", "issuercert", "certserial"})
    void aVariableThatIsNotSetIsRefused(String name) throws Exception {
        List<String> lines = new ArrayList<>(List.of(name + " = ${JSWTPM_IS_NOT_SET}"));
        lines.addAll(Files.readAllLines(config));
        Files.write(config, lines);
        Run run = run("ek", directory);
        assertEquals(1, run.status());
        assertEquals(
                "The '" + name + "' config value in config file " + config
                        + " is empty; set it, and the variables that it names.\n",
                run.err());
        assertFalse(Files.exists(directory.resolve("ek.cert")));
        assertFalse(Files.exists(ca.resolve("signkey.pem")));
    }

    @Test
    void aKeyIsNotEncryptedWithAVariableThatIsNotSet() throws Exception {
        Files.writeString(config, "signingkey_password = ${JSWTPM_IS_NOT_SET}\n", StandardOpenOption.APPEND);
        Run run = run("ek", directory);
        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("The 'signingkey_password' config value is empty: "), run::err);
        assertFalse(Files.exists(ca.resolve("signkey.pem")));
    }

    @Test
    void readsFilesThatAreNotUtf8() throws Exception {
        byte[] latin1 = "# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] lines = Files.readAllBytes(config);
        Files.write(config, latin1);
        Files.write(config, lines, StandardOpenOption.APPEND);
        assertEquals(0, run("ek", directory).status());
    }

    @Test
    void namesTheDirectoryThatCannotBeUsed() throws Exception {
        Files.writeString(ca, "a file");
        Run run = run("ek", directory);
        assertEquals(1, run.status());
        assertEquals("Could not lock " + ca.resolve(".lock.swtpm-localca") + ": Not a directory\n", run.err());
    }

    private Run run(String type, Path output, String vmid) {
        List<String> words = new ArrayList<>(List.of(words(type, output)));
        words.addAll(List.of("--vmid", vmid, "--tpm-serial-num", "47"));
        return Run.of(Localca::run, words.toArray(new String[0]));
    }

    private Run run(String type, Path output) {
        return Run.of(Localca::run, words(type, output));
    }

    private String[] words(String type, Path output) {
        String line = "--type " + type + " --tpm2 --ek " + "c1".repeat(256) + " --vmid vm+1,2 --tpm-spec-family 2.0"
                + " --tpm-spec-revision 164 --tpm-spec-level 0 --tpm-manufacturer id:1 --tpm-model m --tpm-version id:2"
                + " --dir " + output + " --configfile " + config + " --optsfile " + options;
        return line.split(" ");
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
