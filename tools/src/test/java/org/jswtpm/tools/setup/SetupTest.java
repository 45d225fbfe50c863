package org.jswtpm.tools.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateStore;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Set-ups with the engine in this process. */
class SetupTest {
    private static final int READ_PUBLIC = 0x173;
    private static final int NV_READ_PUBLIC = 0x169;
    private static final int EK = 0x81010001;
    private static final int EK_CERTIFICATE = 0x01C00002;
    private static final int WRITE_LOCKED = 1 << 11;

    @TempDir
    private Path directory;

    private Path state;
    private Path config;

    @BeforeEach
    void configure() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        config = Files.writeString(directory.resolve("setup.conf"), "active_pcr_banks = sha256,sha384 # these\n");
    }

    private void configureCa() throws Exception {
        Path ca = directory.resolve("ca");
        Path localca = Files.write(
                directory.resolve("localca.conf"),
                List.of(
                        "statedir = " + ca,
                        "signingkey = " + ca.resolve("signkey.pem"),
                        "issuercert = " + ca.resolve("issuercert.pem")));
        Path options = Files.writeString(
                directory.resolve("options"), "--platform-manufacturer M --platform-model P --platform-version 1");
        Files.write(
                config,
                List.of(
                        "create_certs_tool = swtpm_localca",
                        "create_certs_tool_config = " + localca,
                        "create_certs_tool_options = " + options));
    }

    @Test
    void manufacturesATpmWithKeysCertificatesAndBanks() throws Exception {
        configureCa();
        Path files = Files.createDirectory(directory.resolve("files"));
        Run run = run("--createek --create-ek-cert --create-platform-cert --lock-nvram --vmid vm"
                + " --iakkeyalgo ecc_nist_p256 --idevidkeyalgo secp384r1 --write-ek-cert-files " + files);
        assertEquals(0, run.status(), run::err);
        assertEquals(
                List.of(
                        "Successfully created RSA 2048 EK with handle 0x81010001.",
                        "Successfully created NVRAM area 0x1c00002 for RSA 2048 EK certificate.",
                        "Successfully created NVRAM area 0x1c08000 for platform certificate.",
                        "Successfully created secp384r1 EK with handle 0x81010016.",
                        "Successfully created NVRAM area 0x1c00016 for secp384r1 EK certificate.",
                        "Successfully created secp256r1 IAK primary key with handle 0x81020001.",
                        "Successfully created NVRAM area 0x1c90100 for IAK certificate.",
                        "Successfully created secp384r1 IDevID primary key with handle 0x81020000.",
                        "Successfully created NVRAM area 0x1c90200 for IDevID certificate.",
                        "Successfully activated PCR banks sha256 among sha1,sha256,sha384,sha512.",
                        "Successfully authored TPM state."),
                run.out().lines().filter(line -> line.startsWith("Success")).toList());

        X509Certificate certificate = certificate(files.resolve("ek-rsa2048.crt"));
        certificate.verify(certificate(directory.resolve("ca/issuercert.pem")).getPublicKey());
        String modulus =
                ((RSAPublicKey) certificate.getPublicKey()).getModulus().toString(16);
        assertTrue(publicArea(EK).contains(modulus), "the certificate is for another key");
        ByteBuffer index = ByteBuffer.wrap(ask(NV_READ_PUBLIC, EK_CERTIFICATE));
        assertNotEquals(0, index.getInt(12 + 6) & WRITE_LOCKED, "the Index is not locked");
        assertEquals(Files.size(files.resolve("ek-rsa2048.crt")), index.getShort(12 + 12));
        assertEquals(
                List.of("ek-rsa2048.crt", "ek-secp384r1.crt", "iak-secp256r1.crt", "idevid-secp384r1.crt"),
                list(files));
    }

    @Test
    void manufacturesATpm12() throws Exception {
        configureCa();
        Run run = Run.of(
                Setup::run,
                "--tpmstate",
                state.toString(),
                "--config",
                config.toString(),
                "--take-ownership",
                "--create-ek-cert",
                "--create-platform-cert",
                "--lock-nvram",
                "--write-ek-cert-files",
                directory.toString());
        assertEquals(0, run.status(), run::err);
        assertEquals(
                List.of(
                        "Successfully created EK.",
                        "Successfully took ownership of the TPM.",
                        "Successfully created NVRAM area for EK certificate.",
                        "Successfully created NVRAM area for Platform certificate.",
                        "Successfully locked NVRAM access.",
                        "Successfully authored TPM state."),
                run.out().lines().filter(line -> line.startsWith("Success")).toList());
        assertTrue(Files.exists(state.resolve("tpm-00.permall")));
        X509Certificate certificate = certificate(directory.resolve("ek-rsa2048.crt"));
        assertEquals("", certificate.getSubjectX500Principal().getName());
    }

    /** As upstream's own tests have one: it leaves the word "ek" where a certificate is expected. */
    @ParameterizedTest
    @ValueSource(strings = {"--createek", "--tpm2"})
    void takesWhateverACertificateToolMakes(String version) throws Exception {
        Path tool = Files.writeString(directory.resolve("tool"), """
            #!/bin/sh
            while [ "$1" != --dir ]; do shift; done
            printf ek > "$2/ek.cert"
            """);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(config, "create_certs_tool = " + tool);
        Run run = Run.of(
                Setup::run,
                "--tpmstate",
                state.toString(),
                "--config",
                config.toString(),
                "--create-ek-cert",
                version,
                "--write-ek-cert-files",
                directory.toString());
        assertEquals(0, run.status(), run::err);
        assertEquals(version.equals("--tpm2") ? 2 : 0, Files.size(directory.resolve("ek-rsa2048.crt")));
    }

    @Test
    void leavesAnExistingStateAloneUnlessToldOtherwise() throws Exception {
        assertEquals(0, run("--createek").status());
        String key = publicArea(EK);

        assertEquals(new Run(1, "", "Found existing TPM state 'permall'.\n"), run("--createek"));
        assertEquals(new Run(0, "Not overwriting existing state file.\n", ""), run("--createek --not-overwrite"));
        assertEquals(key, publicArea(EK));

        assertEquals(0, run("--createek --overwrite").status());
        assertNotEquals(key, publicArea(EK));
    }

    @Test
    void reconfiguresPcrBanksAndNothingElse() throws Exception {
        assertEquals(0, run("--createek").status());
        String key = publicArea(EK);
        Run run = run("--reconfigure --pcr-banks sha1 --pcr-banks sha512");
        assertTrue(run.out().contains("Successfully activated PCR banks sha1,sha512 among sha1,sha256,"), run::out);
        assertEquals(key, publicArea(EK));

        assertEquals(1, run("--reconfigure --pcr-banks md5").status());
        assertEquals(key, publicArea(EK), "a state that could not be changed is lost");
    }

    @Test
    void aStateThatARunningTpmUsesIsNotTakenAway() throws Exception {
        assertEquals(0, run("--createek").status());
        byte[] before = Files.readAllBytes(state.resolve("tpm2-00.permall"));
        try (StateStore used = StateStore.open(DirectoryOptions.of(state, true), StateKeys.NONE)) {
            used.lock(0);
            Run run = run("--createek --overwrite");
            assertEquals(1, run.status());
            assertTrue(run.err().startsWith("Could not remove the state in " + state), run::err);
        }
        assertArrayEquals(before, Files.readAllBytes(state.resolve("tpm2-00.permall")));
    }

    @Test
    void aStateThatIsNotFinishedIsTakenAway() {
        Run run = run("--createek --pcr-banks md5");
        assertEquals(1, run.status());
        assertEquals(
                "No PCR banks could be allocated. None of the selected algorithms are supported.\n"
                        + "An error occurred. Authoring the TPM state failed.\n",
                run.err());
        assertFalse(Files.exists(state.resolve("tpm2-00.permall")));
    }

    @Test
    void encryptsTheState() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "00112233445566778899aabbccddeeff");
        Path other = Files.writeString(directory.resolve("other"), "ff112233445566778899aabbccddeeff");
        assertEquals(0, run("--createek --keyfile " + key).status());
        byte[] file = Files.readAllBytes(state.resolve("tpm2-00.permall"));

        Run plain = run("--reconfigure --pcr-banks sha1");
        assertTrue(plain.err().startsWith("Could not start the TPM: "), plain::err);
        Run wrong = run("--reconfigure --pcr-banks sha1 --keyfile " + other);
        assertTrue(wrong.err().startsWith("Could not start the TPM: "), wrong::err);
        assertEquals(
                HexFormat.of().formatHex(file),
                HexFormat.of().formatHex(Files.readAllBytes(state.resolve("tpm2-00.permall"))));

        assertEquals(0, run("--reconfigure --pcr-banks sha1 --keyfile " + key).status());
    }

    @Test
    void writesItsMessagesIntoTheLogFile() throws Exception {
        Path log = directory.resolve("log");
        assertEquals(new Run(0, "", ""), run("--createek --logfile " + log));
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.getFirst().startsWith("Starting vTPM manufacturing as "), lines::toString);
        assertTrue(lines.getLast().startsWith("Ending vTPM manufacturing @ "), lines::toString);
    }

    @Test
    void givesTheTpmItsProfile() throws Exception {
        Files.writeString(config, "profile = {\"Name\": \"default-v1\"}");
        Run run = run("--createek");
        assertTrue(run.out().contains("Active profile: {\"Name\":\"default-v1\","), run::out);
        Run tooLarge = run("--overwrite --createek --rsa-keysize 4096");
        assertTrue(tooLarge.err().contains(">> Is RSA-4096 supported by the profile?"), tooLarge::err);
        Run large = run("--overwrite --createek --rsa-keysize 4096 --profile-name default-v2");
        assertTrue(large.out().contains("Successfully created RSA 4096 EK with handle 0x8101001e."), large::err);
    }

    /** What swtpm makes of the custom profile, in its own test of this option. */
    @Test
    void takesOutOfTheCustomProfileWhatFipsForbids() throws Exception {
        Path profile =
                Files.writeString(directory.resolve("p.json"), "{\"Name\":\"custom\",\"Description\":\"Test\"}\n");
        Run run = run("--createek --profile-remove-disabled fips-host --profile-file " + profile);
        assertEquals(0, run.status(), run::err);
        String active = run.out()
                .lines()
                .filter(line -> line.startsWith("Active profile: "))
                .findFirst()
                .orElseThrow();
        assertTrue(active.contains(",rsa-min-size=2048,"), active);
        assertTrue(active.contains(",ecc-min-size=224,"), active);
        assertTrue(
                active.contains("\"Attributes\":\"no-sha1-signing,no-sha1-verification,no-unpadded-encryption\""),
                active);
    }

    @Test
    void leavesOutADefaultProfileThatTheTpmDoesNotHave() throws Exception {
        Files.writeString(config, "profile = {\"Name\": \"of tomorrow\"}");
        Run run = run("--createek");
        assertEquals(0, run.status());
        assertTrue(run.out().startsWith("Leaving out the default profile 'of tomorrow', "), run::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--profile {\"Name\":\"x\"} | swtpm does not support a profile with name 'x'",
                "--profile {} | Failed to get 'Name' from profile '{}'.",
                "--profile-name ../x | Profile name '../x' contains unacceptable characters.",
                "--profile-name local:x | Could not find or access profile 'local:x'.",
                "--profile a --profile-name b | Only one of --profile, --profile-name, --profile-file, and"
                        + " --profile-file-fd may be given.",
                "--ek1keyalgo dsa | Key algorithm dsa is not supported.",
                "--rsa-keysize 512 | Unsupported RSA key size 512.",
                "--iakkeyalgo rsa2048 | When creating IAK and/or IDevID keys, then an EK certificate must be created as"
                        + " well.",
                "--take-ownership | Taking ownership is not supported for TPM 2.",
                "--cipher des | Unsupported cipher des.",
                "--reconfigure --createek | Reconfiguration is not supported with creation of EK or certificates",
                "--tpm /nowhere/swtpm | swtpm at /nowhere/swtpm is not an executable.",
                "--keyfile-fd x | Invalid file descriptor 'x'",
                "--config /nowhere | User USER cannot read config file /nowhere.",
                "--config / | Could not read config file /: Is a directory",
                "--tpmstate dir:// | The path  is not a directory or does not exist.",
                "--tpmstate file:// | User USER cannot read/write state file ."
            })
    void complains(String options, String message) {
        Run run = run(options);
        assertEquals(1, run.status());
        assertEquals(message.replace("USER", System.getProperty("user.name")) + "\n", run.err());
        assertFalse(Files.exists(state.resolve("tpm2-00.permall")));
    }

    @Test
    void tellsWhatItCan() {
        Run run = Run.of(Setup::run, "--print-capabilities");
        assertEquals(0, run.status());
        assertTrue(
                run.out()
                        .startsWith("{ \"type\": \"swtpm_setup\", \"features\": [ \"tpm-1.2\", \"tpm-2.0\","
                                + " \"cmdarg-keyfile-fd\", \"cmdarg-pwdfile-fd\", \"tpm12-not-need-root\","
                                + " \"cmdarg-write-ek-cert-files\", \"cmdarg-create-config-files\","
                                + " \"cmdarg-reconfigure-pcr-banks\", \"tpm2-rsa-keysize-2048\","
                                + " \"tpm2-rsa-keysize-3072\","),
                run::out);
    }

    private Run run(String options) {
        List<String> words = new ArrayList<>(List.of("--tpm2", "--tpmstate", state.toString()));
        words.addAll(List.of(options.split(" ")));
        if (!options.contains("--config ")) {
            words.addAll(List.of("--config", config.toString()));
        }
        return Run.of(Setup::run, words.toArray(new String[0]));
    }

    private String publicArea(int handle) throws Exception {
        return HexFormat.of().formatHex(ask(READ_PUBLIC, handle));
    }

    /** The response to a command of one handle, which has to be success. */
    private byte[] ask(int code, int handle) throws Exception {
        byte[] command = ByteBuffer.allocate(14)
                .putShort((short) 0x8001)
                .putInt(14)
                .putInt(code)
                .putInt(handle)
                .array();
        try (EngineTpm tpm = EngineTpm.start(
                TpmVersion.TPM_2_0, StateStore.open(DirectoryOptions.of(state, true), StateKeys.NONE), null)) {
            byte[] response = tpm.execute(command);
            assertEquals(0, ByteBuffer.wrap(response).getInt(6));
            return response;
        }
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static List<String> list(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
