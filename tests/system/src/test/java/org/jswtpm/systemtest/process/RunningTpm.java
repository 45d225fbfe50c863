package org.jswtpm.systemtest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;

/** A TPM 2.0 that is switched on: its own swtpm process, CMD_INIT and TPM2_Startup(CLEAR) done. */
public final class RunningTpm implements AutoCloseable {
    private final SwtpmProcess swtpm;
    private final ControlChannel control;
    private final TpmChannel channel;

    private RunningTpm(SwtpmProcess swtpm, ControlChannel control, TpmChannel channel) {
        this.swtpm = swtpm;
        this.control = control;
        this.channel = channel;
    }

    /** Switches on the TPM of a state directory, which is manufactured if it is empty. */
    public static RunningTpm start(Swtpm program, Path stateDirectory) throws IOException, InterruptedException {
        return switchedOn(program.start(stateDirectory));
    }

    /** Switches on the TPM of a process that was started for it. */
    public static RunningTpm switchedOn(SwtpmProcess swtpm) throws IOException {
        try {
            ControlChannel control = swtpm.control();
            assertEquals(0, control.init(), () -> "CMD_INIT" + swtpm.process().describe());
            TpmChannel channel = control.openDataChannel();
            channel.transmit(Tpm2Command.startupClear()).requireSuccess();
            return new RunningTpm(swtpm, control, channel);
        } catch (IOException | AssertionError e) {
            swtpm.close();
            throw e;
        }
    }

    /** Runs a command that must succeed. */
    public TpmResponse execute(byte[] command) throws IOException {
        return channel.transmit(command).requireSuccess();
    }

    /** The data channel. */
    public TpmChannel channel() {
        return channel;
    }

    /** Kills the process as a power failure does. */
    public void kill() throws InterruptedException {
        swtpm.process().kill();
    }

    /** Ends the process by SIGTERM. */
    public void terminate() throws InterruptedException {
        swtpm.process().terminate();
        assertEquals(0, swtpm.awaitExit(), "the exit code after SIGTERM");
    }

    /** Switches off by CMD_SHUTDOWN, as QEMU does. */
    public void shutDown() throws IOException, InterruptedException {
        assertEquals(0, control.shutdown(), "CMD_SHUTDOWN");
        assertEquals(0, swtpm.awaitExit(), "the exit code after CMD_SHUTDOWN");
    }

    @Override
    public void close() throws IOException {
        try (swtpm;
                control;
                channel) {
            // each is closed even if another fails
        }
    }
}
