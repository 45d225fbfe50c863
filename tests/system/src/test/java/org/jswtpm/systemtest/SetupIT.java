package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.tpm.TpmContents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** swtpm_setup, ours and Debian's, with both daemons. */
@Needs({SWTPM, SWTPM_TOOLS})
class SetupIT {
    private static final Path DEBIANS = Path.of("/usr/bin/swtpm_setup");
    /** What libvirt asks for. */
    private static final String GUEST =
            "--tpm2 --createek --create-ek-cert --create-platform-cert --lock-nvram --not-overwrite --vmid vm:1234";

    @TempDir
    private static Path installation;

    private static Path program;

    @TempDir
    private Path directory;

    private Path state;

    @BeforeAll
    static void install() throws Exception {
        program = Swtpm.underTest().forEveryUser(installation).executable().resolveSibling("swtpm_setup");
    }

    @BeforeEach
    void configure() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
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
                directory.resolve("conf"),
                List.of(
                        "create_certs_tool = /usr/bin/swtpm_localca",
                        "create_certs_tool_config = " + localca,
                        "create_certs_tool_options = " + options));
    }

    @Test
    void swtpmStartsWhatWeSetUpAndFindsWhatItsOwnProgramMakes() throws Exception {
        run(program, GUEST);
        NavigableMap<String, String> ours = contents(Swtpm.reference());
        assertStandardKey(ours);
        empty();
        run(DEBIANS, GUEST);
        NavigableMap<String, String> theirs = contents(Swtpm.reference());
        assertEquals(shape(theirs), shape(ours));
    }

    @Test
    void anotherUsersProcessNeedsALogThatItCanWrite() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        Path log = directory.resolve("log");
        for (Path tools : List.of(DEBIANS, program)) {
            Completed setup = runAny(tools, "--runas tss --logfile " + log);
            assertEquals(1, setup.exitCode());
            assertEquals("Cannot write to logfile " + log + ".", setup.stderr().strip());
            Files.delete(log);
        }
        assertEquals(0, state.toFile().list().length);
    }

    @Test
    void aUserThatIsNotThereIsNoticedBeforeTheSetUpOnlyAndInTheLog() throws Exception {
        Path log = directory.resolve("log");
        for (Path tools : List.of(DEBIANS, program)) {
            runAny(tools, "--print-capabilities --runas no-such-user").requireSuccess();
            Completed setup = runAny(tools, "--runas no-such-user --logfile " + log);
            assertEquals(1, setup.exitCode());
            assertEquals("", setup.stderr());
            assertTrue(Files.readString(log).contains("User 'no-such-user' does not exist."), Files.readString(log));
            Files.delete(log);
        }
    }

    @Test
    void weSetUpWithSwtpmAsTheTpm() throws Exception {
        run(program, GUEST + " --tpm /usr/bin/swtpm_socket");
        NavigableMap<String, String> contents = contents(Swtpm.underTest());
        assertStandardKey(contents);
        assertTrue(contents.containsKey("NV data 01c08000"), contents::toString);
    }

    @Test
    void debiansSetUpTakesOurDaemonAsTheTpm() throws Exception {
        run(DEBIANS, GUEST + " --tpm " + Swtpm.underTest().executable() + "_socket");
        assertStandardKey(contents(Swtpm.reference()));
    }

    @Test
    void weSetUpATpm12WithSwtpmAsTheTpm() throws Exception {
        String options = "--take-ownership --create-ek-cert --create-platform-cert --lock-nvram"
                + " --tpm /usr/bin/swtpm_socket --vmid vm";
        Path permanent = state.resolve("tpm-00.permall");
        run(DEBIANS, options);
        long size = Files.size(permanent);
        empty();
        Completed ours = runAny(program, options).requireSuccess();
        assertEquals(
                List.of(
                        "Successfully created EK.",
                        "Successfully took ownership of the TPM.",
                        "Successfully created NVRAM area for EK certificate.",
                        "Successfully created NVRAM area for Platform certificate.",
                        "Successfully locked NVRAM access.",
                        "Successfully authored TPM state."),
                ours.stdout().lines().filter(line -> line.startsWith("Success")).toList());
        assertEquals(size, Files.size(permanent));
    }

    @Test
    void encryptedStatesAreTheSame() throws Exception {
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "a secret\n");
        String key = " --cipher aes-256-cbc --pwdfile " + passphrase;
        run(program, "--tpm2 --createek" + key);
        run(DEBIANS, "--tpm2 --reconfigure --pcr-banks sha1" + key);
        run(program, "--tpm2 --reconfigure --pcr-banks sha512" + key);
        Completed refused = runAny(program, "--tpm2 --reconfigure --pcr-banks sha256");
        assertEquals(1, refused.exitCode());
    }

    @Test
    void readsAPassphraseFromADescriptor() throws Exception {
        String script = "exec \"$0\" --tpm2 --createek --pwdfile-fd 17 --config conf --tpmstate state 17<<<secret";
        ChildProcess.run(directory, Map.of(), List.of("bash", "-c", script, program.toString()))
                .requireSuccess();
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "secret\n");
        run(DEBIANS, "--tpm2 --reconfigure --pcr-banks sha1 --pwdfile " + passphrase);
    }

    /** As libvirt starts it: root's pipe, read by another user, who may not open it. */
    @Test
    void readsAPassphraseFromAPipeOfAnotherUser() throws Exception {
        assumeTrue(
                (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can become another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        String script = "exec setpriv --reuid=65534 --clear-groups \"$0\" --tpm2 --createek --pwdfile-fd 17"
                + " --config conf --tpmstate state 17< <(printf secret)";
        ChildProcess.run(directory, Map.of(), List.of("bash", "-c", script, program.toString()))
                .requireSuccess();
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "secret");
        run(DEBIANS, "--tpm2 --reconfigure --pcr-banks sha1 --pwdfile " + passphrase);
    }

    @Test
    void makesTheConfigurationFilesOfAUserAndUsesThem() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", home.toString());
        List<String> create = List.of(program.toString(), "--create-config-files", "root");
        ChildProcess.run(directory, environment, create).requireSuccess();
        assertEquals(1, ChildProcess.run(directory, environment, create).exitCode());
        List<String> setup = List.of(program.toString(), "--tpm2", "--create-ek-cert", "--tpmstate", state.toString());
        ChildProcess.run(directory, environment, setup).requireSuccess();
        assertTrue(Files.exists(home.resolve("var/lib/swtpm-localca/certserial")));
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        List<String> words = new ArrayList<>(List.of("env", "JAVA_TOOL_OPTIONS=-Dno=1"));
        words.add(program.toString());
        words.addAll(arguments(GUEST));
        Completed run = ChildProcess.run(directory, Map.of("TMPDIR", temporary.toString()), words)
                .requireSuccess();
        assertFalse(run.stderr().contains("WARNING"), run::stderr);
        try (var files = Files.list(temporary)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** The persistent endorsement key is the primary key of the standard template. */
    private static void assertStandardKey(NavigableMap<String, String> contents) {
        String primary = contents.get("primary key EK_RSA_2048");
        assertTrue(contents.get("persistent key 81010001").contains(primary), contents::toString);
    }

    /** All that is not random: which keys and Indices there are, with their attributes, and the banks. */
    private static Map<String, String> shape(NavigableMap<String, String> contents) {
        Map<String, String> shape = new TreeMap<>();
        contents.forEach((name, value) -> shape.put(name, shapeOf(name, value)));
        return shape;
    }

    private static String shapeOf(String name, String value) {
        if (name.startsWith("NV index")) {
            return value.substring(0, 2 * 14); // up to the size, which depends on the serial number
        }
        if (name.startsWith("persistent key")) {
            return value.substring(0, 2 * 60); // up to the key itself, which is random
        }
        return name.startsWith("PCR") ? value : "";
    }

    private NavigableMap<String, String> contents(Swtpm program) throws Exception {
        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            NavigableMap<String, String> contents = new TpmContents(tpm::execute, new byte[0]).read();
            tpm.shutDown();
            return contents;
        }
    }

    private void empty() throws Exception {
        try (var files = Files.list(state)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void run(Path program, String options) throws Exception {
        runAny(program, options).requireSuccess();
    }

    private Completed runAny(Path program, String options) throws Exception {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments(options));
        return ChildProcess.run(directory, Map.of(), words);
    }

    private List<String> arguments(String options) {
        List<String> words = new ArrayList<>();
        for (String word : options.split(" ")) {
            words.add(word.endsWith("_socket") ? word.replace("_socket", " socket") : word);
        }
        words.addAll(List.of("--tpmstate", state.toString()));
        words.addAll(List.of("--config", directory.resolve("conf").toString()));
        return words;
    }
}
