package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of {@code swtpm socket} do, in the process that users start. */
class OptionsIT {
    private static final int NOT_STARTED = 0x100; // TPM_RC_INITIALIZE

    @TempDir
    private Path directory;

    private OptionLine line;
    private Path state;

    @BeforeEach
    void makeFiles() throws IOException {
        line = new OptionLine(Swtpm.underTest(), directory);
        state = Files.createDirectory(directory.resolve("state"));
        Files.writeString(directory.resolve("hex"), "00112233445566778899aabbccddeeff");
        Files.writeString(directory.resolve("hex256"), "00112233445566778899aabbccddeeff".repeat(2));
        Files.writeString(directory.resolve("octets"), "sixteen octets!!");
        Files.writeString(directory.resolve("password"), "a passphrase");
        Files.writeString(directory.resolve("profile"), "{\"Name\":\"custom:mine\"}");
    }

    private SwtpmProcess start(String options) throws Exception {
        return start(List.of(), "--tpm2 --ctrl type=unixio,path=@ctrl " + options, unix("ctrl"));
    }

    private SwtpmProcess start(List<String> before, String options, Endpoint control) throws Exception {
        return line.start(before, options, control);
    }

    private Endpoint unix(String name) {
        return line.unix(name);
    }

    /** A shell that opens descriptors before it becomes the program. */
    private List<String> shell(String redirections) {
        return List.of("sh", "-c", "exec " + redirections.replace("@", directory + "/") + "; exec \"$@\"", "sh");
    }

    private Completed run(String options) throws Exception {
        return line.run(options);
    }

    /** Switches the TPM on, has it keep something, and ends the process. */
    private static void use(SwtpmProcess swtpm) throws Exception {
        try (swtpm;
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init(), () -> swtpm.process().describe());
            try (TpmChannel tpm = control.openDataChannel()) {
                tpm.transmit(Tpm2Command.startupClear()).requireSuccess();
                tpm.transmit(Tpm2Command.nvDefineSpace(new byte[0], 0x01800001, 8))
                        .requireSuccess();
            }
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }

    private Set<String> stateFiles() {
        return new TreeSet<>(List.of(state.toFile().list()));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @CsvSource({
        "'dir=@state', '.lock tpm2-00.permall'",
        "'backend-uri=dir://@state,lock=false', 'tpm2-00.permall'",
        "'dir=@state,backup,fsync', '.lock tpm2-00.permall tpm2-00.permall.bak'",
        "'backend-uri=file://@state/one,lock', 'one'",
        "'backend-uri=mem://', ''"
    })
    void stateIsKeptWhereItIsSaid(String option, String files) throws Exception {
        use(start("--tpmstate " + option));
        assertEquals(files, String.join(" ", stateFiles()));
        if (!option.contains("mem")) {
            use12(start(
                    List.of(),
                    "--ctrl type=unixio,path=@ctrl --tpmstate " + option.replace("one", "two"),
                    unix("ctrl")));
        }
    }

    private static void use12(SwtpmProcess swtpm) throws Exception {
        try (swtpm;
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init(), () -> swtpm.process().describe());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }

    @Test
    void stateHasItsModeAndMayHaveToExist() throws Exception {
        Completed refused = run("--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate dir=@state,must-exist");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.stderr().contains("must-exist"), refused.stderr());
        use(start("--tpmstate dir=@state,mode=0600"));
        assertEquals("rw-------", mode(state.resolve("tpm2-00.permall")));
        try (SwtpmProcess _ = start("--tpmstate dir=@state,must-exist --flags startup-clear")) {
            assertTrue(stateFiles().contains("tpm2-00.permall"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file=@hex",
                "file=@hex256,mode=aes-256-cbc",
                "file=@octets,format=binary,mode=aes-128-cbc",
                "pwdfile=@password,kdf=sha512",
                "pwdfile=@password,kdf=pbkdf2,mode=aes-256-cbc",
                "fd=7",
                "pwdfd=8"
            })
    void keysEncrypt(String key) throws Exception {
        List<String> opened = shell("7<@hex 8<@password");
        String options = "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate dir=@state --key " + key;
        String migration = " --migration-key " + key.replace("fd=7", "fd=9").replace("fd=8", "fd=6");
        use(start(opened, options, unix("ctrl")));
        assertEquals(1, Files.readAllBytes(state.resolve("tpm2-00.permall"))[5] & 1, "the flag for encryption");
        opened = shell("7<@hex 8<@password 9<@hex 6<@password");
        try (SwtpmProcess swtpm = start(opened, options + migration, unix("ctrl"));
                ControlChannel control = swtpm.control()) {
            assertEquals(3, control.config(), "for the files, and for migrations");
            assertEquals(0, control.init());
        }
    }

    @Test
    void keyFilesAreRemovedOnceTheyAreRead() throws Exception {
        use(start("--tpmstate dir=@state --key file=@hex,remove --migration-key pwdfile=@password,remove"));
        assertFalse(Files.exists(directory.resolve("hex")));
        assertFalse(Files.exists(directory.resolve("password")));
    }

    @Test
    void logGoesWhereItIsSaid() throws Exception {
        Files.writeString(directory.resolve("log"), "an older line\n");
        use(start("--tpmstate dir=@state --log file=@log,level=2,explain,prefix=tpm:"));
        List<String> lines = Files.readAllLines(directory.resolve("log"));
        assertEquals("an older line", lines.get(0));
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("tpm:")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("NV_DefineSpace")), lines::toString);
        use(start("--tpmstate backend-uri=mem:// --log file=@log,truncate"));
        assertFalse(Files.readString(directory.resolve("log")).contains("an older line"));
        String options =
                "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate backend-uri=mem:// --log fd=7,level=2,explain";
        use(start(shell("7>>@other"), options, unix("ctrl")));
        assertTrue(Files.readString(directory.resolve("other")).contains("NV_DefineSpace"));
    }

    @Test
    void localitiesFollowTheirPolicy() throws Exception {
        byte[] setLocality3 = {(byte) 0x80, 1, 0, 0, 0, 11, 0x20, 0, 0x10, 0, 3};
        try (SwtpmProcess swtpm = start("--tpmstate dir=@state");
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.setLocality(4));
            assertEquals(0, control.init());
            try (TpmChannel tpm = control.openDataChannel()) {
                assertEquals(0x101, tpm.transmit(setLocality3).code());
            }
        }
        try (SwtpmProcess swtpm = start("--tpmstate dir=@state --locality reject-locality-4,allow-set-locality");
                ControlChannel control = swtpm.control()) {
            assertNotEquals(0, control.setLocality(4));
            assertEquals(0, control.init());
            try (TpmChannel tpm = control.openDataChannel()) {
                assertEquals(0, tpm.transmit(setLocality3).code());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not-need-init, 0x100",
        "startup-clear, 0",
        "startup-state, 0x100",
        "'startup-none,not-need-init', 0x100",
        "'startup-clear,disable-auto-shutdown', 0"
    })
    void flagsStartTheTpm(String flags, String code) throws Exception {
        try (SwtpmProcess swtpm = start("--tpmstate dir=@state --flags " + flags);
                ControlChannel control = swtpm.control();
                TpmChannel tpm = control.openDataChannel()) {
            assertEquals(
                    Integer.decode(code), tpm.transmit(Tpm2Command.readClock()).code());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
        boolean shutDown = code.equals("0") && !flags.contains("disable");
        try (SwtpmProcess swtpm = start("--tpmstate dir=@state --flags startup-state");
                ControlChannel control = swtpm.control();
                TpmChannel tpm = control.openDataChannel()) {
            assertEquals(
                    shutDown ? 0 : NOT_STARTED,
                    tpm.transmit(Tpm2Command.readClock()).code());
        }
    }

    @Test
    void tpm12IsStartedDeactivated() throws Exception {
        String options = "--ctrl type=unixio,path=@ctrl --tpmstate dir=@state --flags startup-deactivated";
        byte[] getRandom = {0, (byte) 0xC1, 0, 0, 0, 14, 0, 0, 0, 0x46, 0, 0, 0, 4};
        try (SwtpmProcess swtpm = start(List.of(), options, unix("ctrl"));
                ControlChannel control = swtpm.control();
                TpmChannel tpm = control.openDataChannel()) {
            assertEquals(6, tpm.transmit(getRandom).code(), "TPM_DEACTIVATED");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=default-v1 | \"Name\":\"default-v1\"",
                "profile={\"Name\":\"custom:x\",\"StateFormatLevel\":3} | \"StateFormatLevel\":3",
                "file=@profile | \"Name\":\"custom:mine\"",
                "fd=7 | \"Name\":\"custom:mine\"",
                "name=custom,remove-disabled=fips-host | \"Name\":\"custom\"",
            })
    void profileIsThatOfANewTpm(String source, String shown) throws Exception {
        String options = "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate dir=@state --profile " + source;
        use(start(shell("7<@profile"), options, unix("ctrl")));
        String info = run("--tpm2 --tpmstate dir=@state --print-info 0x20")
                .requireSuccess()
                .stdout();
        assertTrue(info.contains(shown), info);
    }

    @Test
    void trafficIsRecorded() throws Exception {
        Path file = Files.writeString(directory.resolve("record"), "something else");
        use(start("--tpmstate dir=@state --pcap file=@record,truncate,mode=0600,checksums"));
        byte[] record = Files.readAllBytes(file);
        assertEquals(0x0A0D0D0A, ByteBuffer.wrap(record).getInt(), "the magic of pcapng");
        String options = "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate backend-uri=mem:// --pcap fd=7";
        use(start(shell("7>>@record"), options, unix("ctrl")));
        assertTrue(Files.size(file) > record.length, "a second section");
    }

    @Test
    void printsAndEnds() throws Exception {
        use(start("--tpmstate dir=@state"));
        assertTrue(printed("--print-states").contains("\"states\": [ {\"name\": \"permall\", \"size\": "));
        assertTrue(printed("--print-profiles").startsWith("{\"AvailableProfiles\":["));
        assertTrue(printed("--print-info 1").contains("\"TPMSpecification\":{\"family\":\"2.0\""));
        assertTrue(printed("--print-capabilities").startsWith("{ \"type\": \"swtpm\", \"features\": [ "));
        String help = run("--help").requireSuccess().stdout();
        for (String option : List.of("--migration ", "--seccomp ", "--runas", "--chroot", "--pid ", "--daemon")) {
            assertTrue(help.contains(option), option);
        }
    }

    private String printed(String option) throws Exception {
        return run("--tpm2 --tpmstate dir=@state " + option).requireSuccess().stdout();
    }
}
