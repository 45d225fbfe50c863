package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running swtpm. */
public final class SwtpmProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(5);

    private final ChildProcess process;
    private final Endpoint control;

    private SwtpmProcess(ChildProcess process, Endpoint control) {
        this.process = process;
        this.control = control;
    }

    /** Starts a command that becomes a swtpm, and waits until its control channel listens. */
    public static SwtpmProcess start(Path workingDirectory, List<String> command, Endpoint control)
            throws IOException, InterruptedException {
        SwtpmProcess swtpm = new SwtpmProcess(ChildProcess.start(workingDirectory, Map.of(), command), control);
        try {
            swtpm.awaitListening();
        } catch (AssertionError e) {
            swtpm.close();
            throw e;
        }
        return swtpm;
    }

    /** The process itself. */
    public ChildProcess process() {
        return process;
    }

    /** A new control connection; C swtpm serves one at a time. */
    public ControlChannel control() throws IOException {
        return new ControlChannel(control.connect());
    }

    /** Waits for the end that a CMD_SHUTDOWN, a SIGTERM or the loss of a connection brings. */
    public int awaitExit() throws InterruptedException {
        return process.awaitExit(LIMIT);
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitListening() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                control.connect().close();
                return;
            } catch (IOException e) {
                if (process.endsWithin(RETRY)) {
                    throw new AssertionError("ended before it listened" + process.describe(), e);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("does not listen" + process.describe(), e);
                }
            }
        }
    }
}
