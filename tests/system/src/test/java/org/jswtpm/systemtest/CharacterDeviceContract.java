package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.DetachedSwtpm;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PseudoTerminal;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code swtpm chardev} does; a subclass says whose. */
abstract class CharacterDeviceContract {
    private static final int NOT_STARTED = 0x101; // TPM_RC_FAILURE

    @TempDir
    private Path directory;

    abstract Swtpm program();

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(
                List.of(program().executable().toString(), "chardev", "--tpm2", "--tpmstate", "dir=" + directory));
        command.addAll(List.of(options));
        return command;
    }

    private SwtpmProcess start(String... options) throws Exception {
        Path control = directory.resolve("ctrl");
        List<String> command = command(options);
        command.addAll(List.of("--ctrl", "type=unixio,path=" + control, "--pid", "file=" + directory.resolve("pid")));
        return SwtpmProcess.start(directory, command, new Endpoint.Unix(control));
    }

    @Test
    void answersCommandsOfADeviceUntilItHangsUp() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open();
                SwtpmProcess swtpm = start("--chardev", terminal.device().toString(), "--flags", "startup-clear")) {
            TpmChannel tpm = TpmChannel.over(terminal.channel());
            tpm.transmit(Tpm2Command.readClock()).requireSuccess();
            tpm.transmit(Tpm2Command.readClock()).requireSuccess();
            assertTrue(Files.exists(directory.resolve("tpm2-00.permall")));

            terminal.close();
            assertEquals(0, swtpm.awaitExit(), () -> swtpm.process().describe());
            assertFalse(Files.exists(directory.resolve("pid")));
        }
    }

    @Test
    void waitsForTheControlChannelToStartTheTpm() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open();
                SwtpmProcess swtpm = start("-c", terminal.device().toString());
                ControlChannel control = swtpm.control()) {
            TpmChannel tpm = TpmChannel.over(terminal.channel());
            assertEquals(NOT_STARTED, tpm.transmit(Tpm2Command.startupClear()).code());
            assertEquals(0, control.init());
            tpm.transmit(Tpm2Command.startupClear()).requireSuccess();

            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit(), () -> swtpm.process().describe());
        }
    }

    /** As upstream's test_ctrlchannel2 starts it. */
    @Test
    void takesADeviceThatItsParentOpenedAndDetaches() throws Exception {
        List<String> shell = new ArrayList<>(List.of("bash", "-c", "exec 100<>/dev/ptmx; exec \"$@\"", "bash"));
        shell.addAll(command("--fd", "100"));
        try (DetachedSwtpm daemon = DetachedSwtpm.start(directory, shell)) {
            daemon.initAndShutDown();
        }
    }

    @Test
    void complainsWhereThereIsNoDevice() throws Exception {
        assertEquals("Missing character device or file descriptor", complaint());
        assertEquals("Cannot open /no/device", complaint("--chardev", "/no/device"));
        assertEquals("Cannot accept file descriptors with values 0, 1, or 2", complaint("--fd", "0"));
    }

    /** The part of the message that programs may look for. */
    private String complaint(String... options) throws Exception {
        Completed run = ChildProcess.run(directory, Map.of(), command(options));
        assertEquals(1, run.exitCode(), run::toString);
        return run.stderr().strip().replaceFirst("^swtpm: (Error: )?", "").replaceFirst("[;:].*", "");
    }
}
