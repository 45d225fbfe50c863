package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --key}, {@code --migration-key} and {@code --tpmstate}, with the engine; and the same state under swtpm. */
class StorageOptionsTest {
    private static final String SUCCESS = ControlChannelContract.SUCCESS;
    private static final String INIT = ControlChannelContract.INIT;
    private static final String SHUTDOWN = ControlChannelContract.SHUTDOWN;
    private static final String GET_CONFIG = "0000000f";
    private static final String STARTUP = "8001 0000000c 00000144 0000";
    /** TPM2_NV_DefineSpace of Index 0x01800001 with eight octets, authorized by the empty owner password. */
    private static final String DEFINE = "8002 0000002d 0000012a 40000001 00000009 40000009 0000 00 0000"
            + " 0000 000e 01800001 000b 00040004 0000 0008";

    private static final String READ_PUBLIC = "8001 0000000e 00000169 01800001";

    /** TSC_PhysicalPresence: may be asserted by command; is asserted. */
    private static final String PRESENCE_12 = "00c1 0000000c 4000000a 0020, 00c1 0000000c 4000000a 0008";
    /** TPM_NV_DefineSpace of 0x1234, bound to no PCR, with so many octets; none undefine it. */
    private static final String DEFINE_12 = define12(8);

    private static final String UNDEFINE_12 = define12(0);
    /** TPM_GetCapability(TPM_CAP_NV_INDEX). */
    private static final String GET_INDEX_12 = "00c1 00000016 00000065 00000011 00000004 00001234";

    private static final String BAD_INDEX_12 = "00000002";

    @TempDir
    Path directory;

    private static String define12(int size) {
        String noPcrs = "0003 000000 1f" + "00".repeat(20);
        return "00c1 00000065 000000cc 0018 00001234" + noPcrs + noPcrs + "0017 00010001 00 00 00 %08x".formatted(size)
                + "00".repeat(20);
    }

    @BeforeEach
    void makeKeys() throws IOException {
        Files.writeString(directory.resolve("hex128"), "0x00112233445566778899aabbccddeeff\n");
        Files.writeString(directory.resolve("hex256"), "00112233445566778899aabbccddeeff".repeat(2));
        Files.write(directory.resolve("binary"), "sixteen octets!!".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(directory.resolve("password"), "a passphrase with a newline\n");
    }

    private String[] words(String options) {
        return options.isEmpty()
                ? new String[0]
                : options.replace("=@", "=" + directory + "/").split(" ");
    }

    /** CMD_INIT's result; if it is 0, TPM2_Startup and these commands follow, and their last code is told instead. */
    private static String run(DaemonUnderTest daemon, String... commands) throws Exception {
        return runFrom(STARTUP, daemon, commands);
    }

    private static String runFrom(String startup, DaemonUnderTest daemon, String... commands) throws Exception {
        try (daemon;
                Wire ctrl = daemon.connect()) {
            String result = ctrl.ask(INIT, 4);
            if (result.equals(SUCCESS)) {
                try (Wire data = ctrl.setDataFd()) {
                    assertEquals(SUCCESS, data.codeOf(startup));
                    for (String command : commands) {
                        result = data.codeOf(command);
                    }
                }
            }
            assertEquals(SUCCESS, ctrl.ask(SHUTDOWN, 4));
            assertEquals(0, daemon.awaitEnd());
            return result;
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--key file=@hex128",
                "--key file=@hex128,mode=aes-cbc,format=hex",
                "--key file=@hex256,mode=aes-256-cbc",
                "--key file=@binary,format=binary,mode=aes-128-cbc",
                "--key pwdfile=@password",
                "--key pwdfile=@password,kdf=sha512,mode=aes-256-cbc --migration-key pwdfile=@password"
            })
    void theSameKeyOpensTheStateHereAndInSwtpm(String options) throws Exception {
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words(options)), DEFINE));
        assertEquals(SUCCESS, run(SwtpmProcess.start(directory, words(options)), READ_PUBLIC));
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words(options)), READ_PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--key pwdfile=@password,mode=aes-256-cbc", "--tpmstate backend-uri=file://DIR/state"})
    void aStateThatSwtpmMadeIsTheSameHere(String options) throws Exception {
        String[] words = words(options.replace("DIR", directory.toString()));
        assertEquals(SUCCESS, run(SwtpmProcess.start(directory, words), DEFINE));
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words), READ_PUBLIC));
        assertEquals(SUCCESS, run(SwtpmProcess.start(directory, words), READ_PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--key pwdfile=@password,mode=aes-256-cbc", "--tpmstate backend-uri=file://DIR/state"})
    void aTpm12IsTheSameHereAndInSwtpm(String options) throws Exception {
        String[] words = words(options.replace("DIR", directory.toString()));
        assertEquals(SUCCESS, run12(InProcessDaemon.startTpm12(directory, words), DEFINE_12));
        assertEquals(SUCCESS, run12(SwtpmProcess.startTpm12(directory, words), GET_INDEX_12, UNDEFINE_12));
        assertEquals(BAD_INDEX_12, run12(InProcessDaemon.startTpm12(directory, words), GET_INDEX_12));
        assertEquals(SUCCESS, run12(SwtpmProcess.startTpm12(directory, words), DEFINE_12));
        assertEquals(SUCCESS, run12(InProcessDaemon.startTpm12(directory, words), GET_INDEX_12));
    }

    private static String run12(DaemonUnderTest daemon, String... commands) throws Exception {
        List<String> present = new ArrayList<>(List.of(PRESENCE_12.split(", ")));
        present.addAll(List.of(commands));
        return runFrom("00c1 0000000c 00000099 0001", daemon, present.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " | --key file=@hex128",
                " | --key file=@hex256,mode=aes-256-cbc",
                "--key file=@hex128 | ",
                "--key file=@hex128 | --key file=@binary,format=binary",
                "--key file=@hex128 | --key file=@hex256,mode=aes-256-cbc",
                "--key file=@hex256,mode=aes-256-cbc | --key file=@hex128"
            })
    void anotherKeyIsAnsweredAsBySwtpmAndNoFileChanges(String options) throws Exception {
        String[] firstAndSecond = options.split(" \\| ", -1);
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words(firstAndSecond[0].strip()))));
        byte[] state = Files.readAllBytes(directory.resolve("tpm2-00.permall"));
        String[] second = words(firstAndSecond[1].strip());

        String ours = run(InProcessDaemon.startEngine(directory, second));

        assertEquals("00000101", ours);
        assertTrue(log().contains("tpm2-00.permall: "), log());
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                state, Files.readAllBytes(directory.resolve("tpm2-00.permall")));
        assertEquals(ours, run(SwtpmProcess.start(directory, second)));
    }

    /** libtpms passes on what decrypting the state of a TPM 1.2 says. */
    @ParameterizedTest
    @CsvSource({"--key file=@hex128, '--key file=@binary,format=binary', 00000021", "--key file=@hex128, '', 00000009"})
    void anotherKeyOfATpm12IsAnsweredAsBySwtpm(String first, String second, String result) throws Exception {
        assertEquals(SUCCESS, init(InProcessDaemon.startTpm12(directory, words(first))));

        assertEquals(result, init(InProcessDaemon.startTpm12(directory, words(second))));
        assertEquals(result, init(SwtpmProcess.startTpm12(directory, words(second))));
    }

    private static String init(DaemonUnderTest daemon) throws Exception {
        try (daemon;
                Wire ctrl = daemon.connect()) {
            String result = ctrl.ask(INIT, 4);
            assertEquals(SUCCESS, ctrl.ask(SHUTDOWN, 4));
            assertEquals(0, daemon.awaitEnd());
            return result;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--key file=@hex256",
                "--key file=@hex128,mode=aes-256-cbc",
                "--key file=@password",
                "--key file=@hex256,format=binary",
                "--key file=@missing",
                "--migration-key pwdfile=@missing",
                "--key file=/proc/self/mem",
                "--key fd=999999"
            })
    void aKeyThatCannotBeUsedEndsTheStart(String options) throws Exception {
        IOException e = assertThrows(IOException.class, () -> InProcessDaemon.startEngine(directory, words(options)));

        assertTrue(
                e.getMessage().startsWith("Unable to open file " + directory + "/missing")
                        || e.getMessage().contains("--key"),
                e.getMessage());
        assertFalse(e.getMessage().contains("00112233"), e.getMessage());
    }

    @Test
    void tellsByGetConfigWhichKeysThereAreAndRemovesTheirFiles() throws Exception {
        String options = "--key file=@hex128,remove --migration-key pwdfile=@password,remove=true";
        try (InProcessDaemon daemon = InProcessDaemon.start(directory, words(options));
                Wire ctrl = daemon.connect()) {
            assertEquals(SUCCESS + "00000003", ctrl.ask(GET_CONFIG, 8));
        }
        assertFalse(Files.exists(directory.resolve("hex128")));
        assertFalse(Files.exists(directory.resolve("password")));
    }

    @Test
    void aShortPassphraseIsUsedWithAWarning() throws Exception {
        Files.writeString(directory.resolve("password"), "short");
        try (InProcessDaemon _ = InProcessDaemon.start(directory, words("--key pwdfile=@password"))) {
            assertTrue(log().contains("Warning: Passphrase is only 5 bytes long"));
        }
    }

    @Test
    void aStateInOneFileIsTheSameForSwtpm() throws Exception {
        String[] words = words("--tpmstate backend-uri=file://" + directory + "/state,mode=0600");
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words), DEFINE));
        assertEquals(0600, (int) Files.getAttribute(directory.resolve("state"), "unix:mode") & 0777);
        assertEquals(SUCCESS, run(SwtpmProcess.start(directory, words), READ_PUBLIC));
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words), READ_PUBLIC));
        assertFalse(Files.exists(directory.resolve("tpm2-00.permall")));
    }

    @Test
    void aStateInMemoryLeavesNothingBehind() throws Exception {
        String[] words = words("--tpmstate backend-uri=mem://");
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words), DEFINE, READ_PUBLIC));
        List<String> left = new ArrayList<>(List.of(directory.toFile().list()));
        left.removeAll(List.of("hex128", "hex256", "binary", "password", "log"));
        assertEquals(List.of(), left);
    }

    @Test
    void mustExistMakesNoNewTpm() throws Exception {
        String options = "--tpmstate dir=" + directory + ",must-exist";
        IOException e = assertThrows(IOException.class, () -> InProcessDaemon.startEngine(directory, words(options)));
        assertTrue(e.getMessage().startsWith("There is no TPM state at " + directory), e.getMessage());
        assertFalse(Files.exists(directory.resolve("tpm2-00.permall")));

        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory), DEFINE));
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words(options)), READ_PUBLIC));
    }

    /** Debian's swtpm has no profiles; the codes are those that swtpm 0.10 answers. */
    @Test
    void aProfileIsForANewTpmOnly() throws Exception {
        String[] words = words("--profile name=default-v1");
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory, words), DEFINE));
        assertEquals("00000009", run(InProcessDaemon.startEngine(directory, words)));
        assertTrue(log().contains("a profile cannot be applied to a TPM that exists"), log());
        assertEquals(SUCCESS, run(InProcessDaemon.startEngine(directory), READ_PUBLIC));
    }

    @Test
    void aProfileIsUsedByTheFirstGoodInitOnly() throws Exception {
        try (InProcessDaemon daemon = InProcessDaemon.startEngine(directory, words("--profile name=default-v1"));
                Wire ctrl = daemon.connect()) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=bogus", "profile={\"Name\":\"null\",\"Algorithms\":\"rsa\"}", "file=@hex128"})
    void aProfileThatIsNoneIsToldAtInit(String source) throws Exception {
        assertEquals("00000009", run(InProcessDaemon.startEngine(directory, words("--profile " + source))));
        assertTrue(log().contains("Error: Could not set profile for TPM2: "), log());
        assertFalse(Files.exists(directory.resolve("tpm2-00.permall")));
    }
}
