package org.jswtpm.systemtest.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jswtpm.systemtest.tpm.TpmResponse;

/** The second serial port of a guest, by which a test has it run the commands of {@link Guest#onOrder}. */
public final class Orders implements AutoCloseable {
    private final SocketChannel socket;
    private final BufferedReader lines;

    Orders(SocketChannel socket) {
        this.socket = socket;
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.ISO_8859_1));
    }

    /** Waits until the guest has booted and takes orders. */
    public void awaitReady() throws IOException {
        await("@ready");
    }

    /** Has the guest run a TPM command. */
    public TpmResponse run(String name) throws IOException {
        begin(name);
        String answer = "@response " + name + " ";
        return new TpmResponse(
                HexFormat.of().parseHex(await(answer).substring(answer.length()).strip()));
    }

    /** Has the guest begin with something that may take it away for a while. */
    public void begin(String name) throws IOException {
        socket.write(ByteBuffer.wrap((name + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** Waits until the guest has done what it began with. */
    public void awaitEnd(String name) throws IOException {
        await("@response " + name + " ");
    }

    private String await(String start) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the guest has ended without " + start + ":\n" + seen);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
