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
import java.util.ArrayDeque;
import java.util.Deque;
import org.jswtpm.systemtest.process.ChildProcess;

/** A client of QEMU's machine protocol: one JSON object a line. */
public final class Qmp implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final SocketChannel socket;
    private final BufferedReader lines;
    /** What QEMU has told unasked since the last command was sent and nobody has waited for yet. */
    private final Deque<String> events = new ArrayDeque<>();

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

    /** Connects to a socket at which QEMU listens, or will soon. */
    static SocketChannel awaitSocket(ChildProcess qemu, Path path) throws InterruptedException {
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
        migrate("exec:cat > " + file);
        awaitMigration("completed");
    }

    /** Sets a capability of migrations. */
    public void enable(String capability) throws IOException {
        execute("\"migrate-set-capabilities\", \"arguments\": " + "{\"capabilities\": [{\"capability\": \"" + capability
                + "\", \"state\": true}]}");
    }

    /** Begins to move the guest; where to is said in QEMU's way. */
    public void migrate(String uri) throws IOException {
        enable("events");
        execute("\"migrate\", \"arguments\": {\"uri\": \"" + uri + "\"}");
    }

    /** Has a QEMU that was started with {@code -incoming defer} take a guest from somewhere, said in QEMU's way. */
    public void receive(String uri) throws IOException {
        execute("\"migrate-incoming\", \"arguments\": {\"uri\": \"" + uri + "\"}");
    }

    /** Waits for a status of the migration; the test fails if that ends with another. */
    public void awaitMigration(String status) throws IOException {
        String line = nextEvent();
        while (!line.contains("\"status\": \"" + status + "\"")) {
            if (line.contains("\"status\": \"completed\"") || line.contains("\"status\": \"failed\"")) {
                throw new AssertionError("the migration is not " + status + ": " + line);
            }
            line = nextEvent();
        }
    }

    /** Ends a migration that has begun. */
    public void cancelMigration() throws IOException {
        execute("\"migrate_cancel\"");
    }

    /** Keeps the guest, memory and devices, in the snapshot {@code name} of its disk. */
    public void saveSnapshot(String name) throws IOException {
        monitor("savevm " + name);
    }

    /** Puts the guest back to where it was when the snapshot was made. */
    public void loadSnapshot(String name) throws IOException {
        monitor("loadvm " + name);
    }

    private void monitor(String command) throws IOException {
        String answer = execute("\"human-monitor-command\", \"arguments\": {\"command-line\": \"" + command + "\"}");
        if (!answer.equals("{\"return\": \"\"}")) {
            throw new AssertionError(command + ": " + answer);
        }
    }

    /** Waits for something that QEMU tells unasked, as RESUME, when a guest that has come goes on, or SUSPEND. */
    public void awaitEvent(String name) throws IOException {
        String line = nextEvent();
        while (!line.contains("\"event\": \"" + name + "\"")) {
            line = nextEvent();
        }
    }

    /** Wakes a suspended guest. */
    public void wakeUp() throws IOException {
        execute("\"system_wakeup\"");
    }

    /** Lets a machine go that was started with {@code -S}. */
    public void cont() throws IOException {
        execute("\"cont\"");
    }

    /** Ends QEMU. */
    public void quit() throws IOException {
        send("\"quit\"");
    }

    private String execute(String command) throws IOException {
        events.clear();
        send(command);
        String line = read();
        while (!line.startsWith("{\"return\"")) {
            if (line.startsWith("{\"error\"")) {
                throw new AssertionError(command + ": " + line);
            }
            events.add(line); // what a command brings about may be told before its answer
            line = read();
        }
        return line;
    }

    private void send(String command) throws IOException {
        socket.write(ByteBuffer.wrap(("{\"execute\": " + command + "}\n").getBytes(StandardCharsets.UTF_8)));
    }

    private String nextEvent() throws IOException {
        return events.isEmpty() ? read() : events.remove();
    }

    private String read() throws IOException {
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
