package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.jswtpm.systemtest.environment.DebianPackage.SYSTEMD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.DetachedSwtpm;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process: its id, its descriptors, its end, and the lock that keeps a second one out. */
class DaemonLifeIT {
    @TempDir
    private Path directory;

    private final Swtpm program = Swtpm.underTest();
    private Path state;

    @BeforeEach
    void makeStateDirectory() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
    }

    @Test
    void terminationLeavesNoSocketAndNoPidFile() throws Exception {
        Path pidFile = directory.resolve("pid");
        try (SwtpmProcess swtpm = program.start(state, "--pid", "file=" + pidFile)) {
            swtpm.process().terminate();
            assertEquals(0, swtpm.awaitExit(), "the exit code after SIGTERM");
        }
        assertFalse(Files.exists(pidFile), "the pid file is left over");
        assertFalse(Files.exists(state.resolve("swtpm-sock")), "the control socket is left over");
    }

    @Test
    void terminationShutsTheTpmDownForALaterResume() throws Exception {
        assumeFalse(program.equals(Swtpm.reference()), "swtpm sends TPM2_Shutdown by itself since 0.8");
        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            tpm.terminate();
        }
        assertEquals(0, startupStateAnswer());
    }

    @Test
    void withoutAnOrderlyEndThereIsNoStateToResume() throws Exception {
        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            tpm.kill();
        }
        assertEquals(0x1C4, startupStateAnswer()); // TPM_RC_VALUE, parameter 1
    }

    /** The VM reserves a gigabyte for classes by default. */
    @Test
    void anAddressSpaceOf800MegabytesIsEnough() throws Exception {
        ChildProcess.run(
                        directory,
                        Map.of(),
                        List.of(
                                "/bin/sh",
                                "-c",
                                "ulimit -v 800000; exec \"$@\"",
                                "sh",
                                program.executable().toString(),
                                "socket",
                                "--tpm2",
                                "--print-capabilities"))
                .requireSuccess();
    }

    @Test
    void launcherKeepsTheProcessIdAndTheDescriptorsItInherits() throws Exception {
        Path pidFile = directory.resolve("pid");
        Path inherited = Files.createFile(directory.resolve("inherited"));
        Path link = Files.createSymbolicLink(directory.resolve("swtpm"), program.executable());
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" 7<" + inherited, "sh"));
        command.addAll(List.of(link.toString(), "socket", "--tpm2", "--tpmstate", "dir=" + state));
        command.addAll(
                List.of("--ctrl", "type=unixio,path=" + state.resolve("swtpm-sock"), "--pid", "file=" + pidFile));

        Endpoint endpoint = new Endpoint.Unix(state.resolve("swtpm-sock"));
        try (SwtpmProcess swtpm = SwtpmProcess.start(directory, command, endpoint);
                ControlChannel control = swtpm.control()) {
            control.capabilities(); // what is served now has written its pid file
            long pid = swtpm.process().pid();
            assertEquals(String.valueOf(pid), Files.readString(pidFile).strip());
            assertEquals(inherited, Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/7")));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void daemonOptionReturnsWhenTheDaemonListens() throws Exception {
        List<String> command =
                List.of(program.executable().toString(), "socket", "--tpm2", "--tpmstate", "dir=" + state);
        try (DetachedSwtpm daemon = DetachedSwtpm.start(directory, command)) {
            daemon.initAndShutDown();
        }
    }

    /** The line of mkosi and systemd-vmspawn. */
    @Test
    @Needs(SYSTEMD)
    void takesTheSocketThatSystemdHandsDown() throws Exception {
        Path socket = state.resolve("swtpm-sock");
        List<String> command =
                new ArrayList<>(List.of("systemd-socket-activate", "--setenv=PATH", "-l", socket.toString(), "--"));
        command.addAll(List.of(program.executable().toString(), "socket", "--tpm2"));
        command.addAll(List.of("--tpmstate", "dir=" + state, "--ctrl", "type=unixio,fd=3"));
        try (SwtpmProcess swtpm = SwtpmProcess.start(directory, command, new Endpoint.Unix(socket));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }

    @Test
    @Needs(SWTPM)
    void swtpmCannotOpenTheStateThatWeUse() throws Exception {
        assertLockedOut(program, Swtpm.reference());
    }

    @Test
    @Needs(SWTPM)
    void weCannotOpenTheStateThatSwtpmUses() throws Exception {
        assertLockedOut(Swtpm.reference(), program);
    }

    private void assertLockedOut(Swtpm first, Swtpm second) throws Exception {
        try (RunningTpm tpm = RunningTpm.start(first, state)) {
            Path otherSocket = directory.resolve("other-sock");
            List<String> options = List.of(
                    "socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + otherSocket);
            try (SwtpmProcess other = second.start(directory, new Endpoint.Unix(otherSocket), options);
                    ControlChannel control = other.control()) {
                assertNotEquals(0, control.init(), "CMD_INIT on a locked state");
                assertFalse(other.process().stderr().isBlank(), "the daemon says nothing");
            }
            tpm.execute(Tpm2Command.nvDefineSpace(new byte[0], 0x01800001, 8));
        }
    }

    /** What TPM2_Startup(STATE) answers when the TPM is switched on again. */
    private int startupStateAnswer() throws Exception {
        try (SwtpmProcess swtpm = program.start(state);
                ControlChannel control = swtpm.control();
                TpmChannel tpm = control.openDataChannel()) {
            assertEquals(0, control.init());
            return tpm.transmit(Tpm2Command.startupState()).code();
        }
    }
}
