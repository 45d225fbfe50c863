package org.jswtpm.systemtest.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jswtpm.systemtest.process.ChildProcess;

/** A client of QEMU's machine protocol: one JSON object a line. */
public final class Qmp implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final SocketChannel socket;
    private final BufferedReader lines;

    private Qmp(SocketChannel socket) {
        this.socket = socket;
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
    }

    /** Connects to the QEMU that listens at {@code path}, or will soon. */
    public static Qmp connect(ChildProcess qemu, Path path) throws IOException, InterruptedException {
        Qmp qmp = new Qmp(awaitSocket(qemu, path));
        qmp.lines.readLine(); // the greeting
        qmp.execute("\"qmp_capabilities\"");
        return qmp;
    }

    private static SocketChannel awaitSocket(ChildProcess qemu, Path path) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                if (qemu.endsWithin(RETRY) || System.nanoTime() - deadline > 0) {
                    throw new AssertionError("no QMP" + qemu.describe(), e);
                }
            }
        }
    }

    /** Moves the guest, which stops at the end of it, into {@code file}. */
    public void migrateTo(Path file) throws IOException {
        execute("\"migrate-set-capabilities\", \"arguments\": "
                + "{\"capabilities\": [{\"capability\": \"events\", \"state\": true}]}");
        execute("\"migrate\", \"arguments\": {\"uri\": \"exec:cat > " + file + "\"}");
        String line = next();
        while (!line.contains("\"status\": \"completed\"")) {
            if (line.contains("\"status\": \"failed\"")) {
                throw new AssertionError("the migration has failed: " + line);
            }
            line = next();
        }
    }

    /** Ends QEMU. */
    public void quit() throws IOException {
        send("\"quit\"");
    }

    private void execute(String command) throws IOException {
        send(command);
        String line = next();
        while (!line.startsWith("{\"return\"")) {
            if (line.startsWith("{\"error\"")) {
                throw new AssertionError(command + ": " + line);
            }
            line = next();
        }
    }

    private void send(String command) throws IOException {
        socket.write(ByteBuffer.wrap(("{\"execute\": " + command + "}\n").getBytes(StandardCharsets.UTF_8)));
    }

    private String next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError("QEMU has closed the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
