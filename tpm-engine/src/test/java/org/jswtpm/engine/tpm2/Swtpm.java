package org.jswtpm.engine.tpm2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running swtpm (the C program) with a new TPM 2.0 that is started (CLEAR). The system property {@code swtpm} names another
 * program than the installed one.
 */
public final class Swtpm extends TpmClient implements AutoCloseable {
    public static final Path PROGRAM = Path.of(System.getProperty("swtpm", "/usr/bin/swtpm"));

    /** swtpm's header, and the tag and length of the one item behind it. */
    private static final int HEADER_AND_TAG = 10 + 2 + 4;

    private static final String PERMANENT = "tpm2-00.permall";
    private static final String VOLATILE = "tpm2-00.volatilestate";
    private static final String CONTROL = "control";
    private static final int STORE_VOLATILE = 0x0A;

    private final Path directory;
    private final ProcessHandle process;
    private final SocketChannel data;

    private Swtpm(Path directory, ProcessHandle process, SocketChannel data) {
        this.directory = directory;
        this.process = process;
        this.data = data;
    }

    /** Starts it with a new TPM. */
    public static Swtpm start() throws IOException, InterruptedException {
        return start(Files.createTempDirectory("swtpm"), "not-need-init,startup-clear");
    }

    /** Starts it with a TPM that goes on from these states. */
    public static Swtpm resume(byte[] permanentState, byte[] volatileState) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("swtpm");
        writeState(directory.resolve(PERMANENT), permanentState);
        writeState(directory.resolve(VOLATILE), volatileState);
        return start(directory, "not-need-init");
    }

    /** Switches on a TPM with this state, and starts it not. */
    public static Swtpm poweredOn(byte[] permanentState) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("swtpm");
        writeState(directory.resolve(PERMANENT), permanentState);
        return start(directory, "not-need-init");
    }

    private static Swtpm start(Path directory, String flags) throws IOException, InterruptedException {
        Path socket = directory.resolve("data");
        Path pid = directory.resolve("pid");
        List<String> command = List.of(
                PROGRAM.toString(),
                "socket",
                "--tpm2",
                "--daemon",
                "--terminate",
                "--flags",
                flags,
                "--tpmstate",
                "dir=" + directory,
                "--server",
                "type=unixio,path=" + socket,
                "--ctrl",
                "type=unixio,path=" + directory.resolve(CONTROL),
                "--pid",
                "file=" + pid);
        Process starter = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (starter.waitFor() != 0) { // the parent of the daemon ends when that is ready
            throw new IOException("swtpm ended with status " + starter.exitValue());
        }
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
        return new Swtpm(directory, process, SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    private static void writeState(Path file, byte[] state) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(HEADER_AND_TAG + state.length);
        octets.put((byte) 2).put((byte) 1).putShort((short) 10).putShort((short) 0);
        octets.putInt(octets.capacity()).putShort((short) 1).putInt(state.length);
        Files.write(file, octets.put(state).array());
    }

    private byte[] readState(String name) throws IOException {
        byte[] file = Files.readAllBytes(directory.resolve(name));
        return Arrays.copyOfRange(file, HEADER_AND_TAG, file.length);
    }

    /** The permanent state as it is on disk now, without what swtpm puts around it. */
    public byte[] permanentState() throws IOException {
        return readState(PERMANENT);
    }

    /** The volatile state of this moment (CMD_STORE_VOLATILE), without what swtpm puts around it. */
    public byte[] volatileState() throws IOException {
        try (SocketChannel control = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(CONTROL)))) {
            control.write(ByteBuffer.allocate(4).putInt(0, STORE_VOLATILE));
            ByteBuffer result = ByteBuffer.allocate(4);
            control.read(result);
            if (result.position() != 4 || result.getInt(0) != 0) {
                throw new IOException("swtpm does not give its volatile state");
            }
        }
        return readState(VOLATILE);
    }

    @Override
    public byte[] exchange(byte[] command) {
        try {
            ByteBuffer request = ByteBuffer.wrap(command);
            while (request.hasRemaining()) {
                data.write(request);
            }
            ByteBuffer response = ByteBuffer.allocate(4096);
            do {
                if (data.read(response) < 0) {
                    throw new IOException("swtpm has closed the connection");
                }
            } while (response.position() < 10 || response.position() < response.getInt(2));
            byte[] octets = new byte[response.position()];
            response.flip().get(octets);
            return octets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        data.close(); // which ends the process
        process.onExit().get(60, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
