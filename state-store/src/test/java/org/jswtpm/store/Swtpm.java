package org.jswtpm.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A running swtpm (the C program), the peer that state files are interchanged with. */
public final class Swtpm implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/swtpm");
    private static final int CMD_SHUTDOWN = 3;

    private final Path control;
    private final ProcessHandle process;

    private Swtpm(Path control, ProcessHandle process) {
        this.control = control;
        this.process = process;
    }

    /** Skips the test where there is no swtpm to compare with. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
    }

    /**
     * Starts a TPM 2.0 on a directory, without waiting for CMD_INIT, so that it has read or made its state.
     *
     * @param work where its control socket goes
     */
    public static Swtpm start(Path work, String tpmstate, String... more) throws Exception {
        return startAny(work, tpmstate, concat(List.of("--tpm2", "--flags", "not-need-init"), more));
    }

    /** Starts one that waits for CMD_INIT. */
    public static Swtpm startAny(Path work, String tpmstate, List<String> more) throws Exception {
        Path control = work.resolve("ctrl-" + System.nanoTime());
        Path pidFile = work.resolve("pid-" + System.nanoTime());
        int status = run(control, pidFile, tpmstate, more);
        if (status != 0) {
            throw new IOException("swtpm ended with status " + status);
        }
        long pid = Long.parseLong(Files.readString(pidFile).trim());
        return new Swtpm(control, ProcessHandle.of(pid).orElseThrow());
    }

    private static int run(Path control, Path pidFile, String tpmstate, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "socket",
                "--daemon",
                "--tpmstate",
                tpmstate,
                "--ctrl",
                "type=unixio,path=" + control,
                "--pid",
                "file=" + pidFile));
        command.addAll(more);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(); // a daemon's parent ends when the child is ready
    }

    private static List<String> concat(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    /** Sends one control command and returns all that it answers, up to 1 MiB. */
    public byte[] control(byte[] request, int responseLength) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(control));
            channel.write(ByteBuffer.wrap(request));
            InputStream in = java.nio.channels.Channels.newInputStream(channel);
            return in.readNBytes(responseLength);
        }
    }

    /** CMD_SHUTDOWN, and waits until the process has ended. */
    @Override
    public void close() throws Exception {
        if (process.isAlive()) {
            control(ByteBuffer.allocate(4).putInt(CMD_SHUTDOWN).array(), 4);
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }
}
