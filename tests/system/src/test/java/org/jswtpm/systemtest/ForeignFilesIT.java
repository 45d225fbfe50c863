package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FIFOs and directories under the names of the daemon's files, which keep nothing waiting and stay where they are. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignFilesIT {
    @TempDir
    private Path directory;

    private OptionLine line;
    private Path state;

    @BeforeEach
    void makeStateDirectory() throws Exception {
        line = new OptionLine(Swtpm.underTest(), directory);
        state = Files.createDirectory(directory.resolve("state"));
    }

    private Path make(String kind, Path path) throws Exception {
        if (kind.equals("fifo")) {
            ChildProcess.run(directory, Map.of(), List.of("mkfifo", path.toString()))
                    .requireSuccess();
        } else {
            Files.createDirectory(path);
        }
        return path;
    }

    private static Object inode(Path path) throws Exception {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private SwtpmProcess start(String tpmState) throws Exception {
        return line.start(List.of(), "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate " + tpmState, line.unix("ctrl"));
    }

    @ParameterizedTest
    @CsvSource({
        "fifo, tpm2-00.permall",
        "fifo, tpm2-00.volatilestate",
        "fifo, TMP2-00.permall",
        "fifo, .lock",
        "fifo, tpm2-00.permall.bak",
        "directory, tpm2-00.permall",
        "directory, tpm2-00.volatilestate",
        "directory, TMP2-00.permall",
        "directory, .lock",
        "directory, tpm2-00.permall.bak"
    })
    void initIsRefusedAndTheDaemonStillEnds(String kind, String name) throws Exception {
        Path path = make(kind, state.resolve(name));
        Object before = inode(path);
        try (SwtpmProcess swtpm = start("dir=@state,backup,mode=0600");
                ControlChannel control = swtpm.control()) {
            assertNotEquals(0, control.init());
            assertEquals(0, control.stop());
            swtpm.process().terminate();
            assertEquals(0, swtpm.awaitExit());
        }
        assertEquals(before, inode(path));
        assertTrue(Files.notExists(state.resolve("tpm2-00.permall")) || name.equals("tpm2-00.permall"));
    }

    /** TPM2_NV_DefineSpace is what has something to keep first. */
    @ParameterizedTest
    @CsvSource({"fifo, TMP2-00.permall", "fifo, tpm2-00.permall.bak", "directory, TMP2-00.permall"})
    void whatCannotBeKeptIsNotSaidToBe(String kind, String name) throws Exception {
        try (SwtpmProcess swtpm = start("dir=@state,backup");
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            Path path = state.resolve(name);
            Files.deleteIfExists(path);
            make(kind, path);
            Object before = inode(path);
            try (TpmChannel tpm = control.openDataChannel()) {
                tpm.transmit(Tpm2Command.startupClear());
                assertNotEquals(
                        0,
                        tpm.transmit(Tpm2Command.nvDefineSpace(new byte[0], 0x01800001, 8))
                                .code());
            }
            assertEquals(0, control.stop());
            swtpm.process().terminate();
            assertEquals(0, swtpm.awaitExit());
            assertEquals(before, inode(path));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fifo, --log file=@name",
        "fifo, --pid file=@name",
        "fifo, --pcap file=@name",
        "fifo, --key file=@name",
        "fifo, '--key pwdfile=@name,remove'",
        "fifo, --profile file=@name",
        "fifo, --tpmstate backend-uri=file://@name",
        "fifo, '--ctrl type=unixio,path=@name'",
        "fifo, '--server type=unixio,path=@name'",
        "directory, --log file=@name",
        "directory, --pid file=@name",
        "directory, --pcap file=@name",
        "directory, '--key file=@name,remove'",
        "directory, '--ctrl type=unixio,path=@name'",
        "directory, '--server type=unixio,path=@name'"
    })
    void startIsRefused(String kind, String option) throws Exception {
        Path path = make(kind, directory.resolve("name"));
        Object before = inode(path);
        String rest = option.startsWith("--ctrl") ? "" : " --ctrl type=unixio,path=@ctrl";
        rest += option.startsWith("--tpmstate") ? "" : " --tpmstate dir=@state";
        Completed ended = line.run("--tpm2 --flags not-need-init " + option + rest);
        assertEquals(1, ended.exitCode(), ended::toString);
        assertTrue(ended.stderr().contains("is "), ended::toString);
        assertEquals(before, inode(path));
    }

    @Test
    void fileWithContentsIsNotTakenForAnOldSocket() throws Exception {
        Path path = Files.writeString(directory.resolve("ctrl"), "something");
        Completed ended = line.run("--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate dir=@state");
        assertEquals(1, ended.exitCode(), ended::toString);
        assertEquals("something", Files.readString(path));
    }

    @Test
    void emptyFileThatReservedTheNameIsReplaced() throws Exception {
        Files.createFile(directory.resolve("ctrl"));
        try (SwtpmProcess swtpm = start("dir=@state");
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }

    /** {@code file=<(command)} of a shell. */
    @Test
    void keyMayComeThroughAPipeThatIsInNoDirectory() throws Exception {
        Files.writeString(directory.resolve("password"), "a passphrase");
        List<String> shell = List.of(
                "bash", "-c", "exec \"$@\" --key pwdfile=<(cat " + directory.resolve("password") + "),remove", "bash");
        try (SwtpmProcess swtpm = line.start(
                        shell, "--tpm2 --ctrl type=unixio,path=@ctrl --tpmstate dir=@state", line.unix("ctrl"));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }
}
