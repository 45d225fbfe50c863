package org.jswtpm.engine.crypto;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A running swtpm (the C program) with TPM 2.0, to which commands are sent as octets. The system property {@code swtpm}
 * names another program than the installed one.
 */
final class ReferenceTpm implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getProperty("swtpm", "/usr/bin/swtpm"));

    private final SocketChannel data;
    private final ProcessHandle process;

    private ReferenceTpm(SocketChannel data, ProcessHandle process) {
        this.data = data;
        this.process = process;
    }

    /** Skips the test where there is no swtpm to compare with. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
    }

    /** Starts a TPM on a state directory, where it makes a new state if there is none, and starts it up (CLEAR). */
    static ReferenceTpm start(Path state) throws Exception {
        Path socket = state.resolve("s" + System.nanoTime());
        Path pidFile = state.resolve("pid");
        Process starter = new ProcessBuilder(
                        PROGRAM.toString(),
                        "socket",
                        "--tpm2",
                        "--daemon",
                        "--terminate",
                        "--flags",
                        "not-need-init,startup-clear",
                        "--tpmstate",
                        "dir=" + state,
                        "--server",
                        "type=unixio,path=" + socket,
                        "--pid",
                        "file=" + pidFile)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (starter.waitFor() != 0) { // a daemon's parent ends when the child is ready
            throw new IOException("swtpm ended with status " + starter.exitValue());
        }
        long pid = Long.parseLong(Files.readString(pidFile).trim());
        return new ReferenceTpm(
                SocketChannel.open(UnixDomainSocketAddress.of(socket)),
                ProcessHandle.of(pid).orElseThrow());
    }

    /**
     * Sends a command that needs one empty password, or none.
     *
     * @param code the command code
     * @param handles in hexadecimal
     * @param authorized how many of the handles, from the first, have an authorization
     * @param parameters in hexadecimal; blanks are allowed
     * @return the response behind its header
     */
    ByteBuffer command(int code, String handles, int authorized, String parameters) throws IOException {
        HexFormat hex = HexFormat.of();
        String sessions =
                authorized == 0 ? "" : "%08x".formatted(9 * authorized) + "400000090000010000".repeat(authorized);
        byte[] body = hex.parseHex((handles + sessions + parameters).replace(" ", ""));
        ByteBuffer command = ByteBuffer.allocate(10 + body.length)
                .putShort((short) (authorized == 0 ? 0x8001 : 0x8002))
                .putInt(10 + body.length)
                .putInt(code)
                .put(body)
                .flip();
        while (command.hasRemaining()) {
            data.write(command);
        }
        ByteBuffer response = ByteBuffer.allocate(4096);
        do {
            if (data.read(response) < 0) {
                throw new IOException("swtpm has closed the connection");
            }
        } while (response.position() < 10 || response.position() < response.getInt(2));
        response.flip();
        int responseCode = response.getInt(6);
        if (responseCode != 0) {
            throw new IOException("response code 0x" + Integer.toHexString(responseCode));
        }
        return response.position(10);
    }

    /** A loaded object: its handle and its public area. */
    record Loaded(int handle, ByteBuffer publicArea) {}

    /**
     * TPM2_CreatePrimary.
     *
     * @param hierarchy a handle in hexadecimal
     * @param template a TPMT_PUBLIC in hexadecimal
     * @param additional the octets of inSensitive.data, in hexadecimal
     */
    Loaded createPrimary(String hierarchy, String template, String additional) throws IOException {
        String area = template.replace(" ", "");
        int dataSize = additional.length() / 2;
        ByteBuffer response = command(
                0x131,
                hierarchy,
                1,
                "%04x 0000 %04x".formatted(4 + dataSize, dataSize)
                        + additional
                        + "%04x".formatted(area.length() / 2)
                        + area
                        + "0000 00000000");
        int handle = response.getInt();
        response.getInt(); // size of the parameters
        return new Loaded(handle, ByteBuffer.wrap(sized(response)));
    }

    /** TPM2_FlushContext. */
    void flush(Loaded object) throws IOException {
        command(0x165, "%08x".formatted(object.handle), 0, "");
    }

    /** Reads a TPM2B. */
    static byte[] sized(ByteBuffer response) {
        byte[] octets = new byte[response.getShort() & 0xffff];
        response.get(octets);
        return octets;
    }

    @Override
    public void close() throws Exception {
        data.close(); // which ends the process
        process.onExit().get(60, TimeUnit.SECONDS);
    }
}
