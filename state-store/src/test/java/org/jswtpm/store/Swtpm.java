package org.jswtpm.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A running swtpm (the C program), the peer that state files are interchanged with. */
public final class Swtpm implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/swtpm");
    private static final int CMD_INIT = 0x02;
    private static final int CMD_SHUTDOWN = 0x03;
    private static final int CMD_GET_STATEBLOB = 0x0C;
    private static final int CMD_SET_STATEBLOB = 0x0D;
    private static final int STATE_FLAG_DECRYPTED = 1;
    private static final int STATE_FLAG_ENCRYPTED = 2;

    private final Path control;
    private final InputStream untilExit;
    private boolean running = true;

    private Swtpm(Path control, InputStream untilExit) {
        this.control = control;
        this.untilExit = untilExit;
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
    public static Swtpm startWithoutInit(Path work, String tpmstate, String... more) throws Exception {
        return startAny(work, tpmstate, concat(List.of("--tpm2"), more));
    }

    private static Swtpm startAny(Path work, String tpmstate, List<String> more) throws Exception {
        Path control = work.resolve("ctrl-" + System.nanoTime());
        // descriptor 9 stays open in the daemon, so the end of the stream is the end of the process
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" 9>&1 2>/dev/null"));
        command.addAll(List.of(PROGRAM.toString(), "socket", "--daemon", "--tpmstate", tpmstate));
        command.addAll(List.of("--ctrl", "type=unixio,path=" + control));
        command.addAll(more);
        Process process = new ProcessBuilder(command).start();
        int status = process.waitFor(); // a daemon's parent ends when the child is ready
        if (status != 0) {
            throw new IOException("swtpm ended with status " + status);
        }
        return new Swtpm(control, process.getInputStream());
    }

    private static List<String> concat(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    /** CMD_GET_STATEBLOB of a whole blob. */
    public ExportedBlob getStateBlob(StateName name, boolean decrypted) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(16)
                .putInt(CMD_GET_STATEBLOB)
                .putInt(decrypted ? STATE_FLAG_DECRYPTED : 0)
                .putInt(name.ordinal() + 1)
                .putInt(0);
        try (SocketChannel channel = connect(request)) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            check(in.readInt());
            int flags = in.readInt();
            int totalLength = in.readInt();
            byte[] octets = in.readNBytes(in.readInt());
            if (octets.length != totalLength) {
                throw new IOException("got " + octets.length + " octets of " + totalLength);
            }
            return new ExportedBlob(octets, (flags & STATE_FLAG_ENCRYPTED) != 0);
        }
    }

    /** CMD_SET_STATEBLOB of a whole blob. */
    public void setStateBlob(StateName name, ExportedBlob blob) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(16 + blob.octets().length)
                .putInt(CMD_SET_STATEBLOB)
                .putInt(blob.encrypted() ? STATE_FLAG_ENCRYPTED : 0)
                .putInt(name.ordinal() + 1)
                .putInt(blob.octets().length)
                .put(blob.octets());
        control(request);
    }

    /** CMD_INIT. */
    public void init() throws IOException {
        control(ByteBuffer.allocate(8).putInt(CMD_INIT).putInt(0));
    }

    /** Runs a TPM command over the socket of {@code --server} and returns the response in hexadecimal digits. */
    public static String execute(Path commands, byte[] command) throws IOException {
        try (SocketChannel channel = connect(commands, ByteBuffer.wrap(command))) {
            ByteBuffer response = ByteBuffer.allocate(4096);
            channel.read(response);
            return HexFormat.of().formatHex(response.array(), 0, response.position());
        }
    }

    private void control(ByteBuffer request) throws IOException {
        try (SocketChannel channel = connect(request)) {
            check(new DataInputStream(Channels.newInputStream(channel)).readInt());
        }
    }

    private SocketChannel connect(ByteBuffer request) throws IOException {
        return connect(control, request.flip());
    }

    private static SocketChannel connect(Path path, ByteBuffer request) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        return channel;
    }

    private static void check(int result) throws IOException {
        if (result != 0) {
            throw new IOException("swtpm answered 0x" + Integer.toHexString(result));
        }
    }

    /** CMD_SHUTDOWN, and waits until the process has ended. */
    @Override
    public void close() throws IOException {
        if (running) {
            running = false;
            control(ByteBuffer.allocate(4).putInt(CMD_SHUTDOWN));
            untilExit.readAllBytes();
        }
    }
}
