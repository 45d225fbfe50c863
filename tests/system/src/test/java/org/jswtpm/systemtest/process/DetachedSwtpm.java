package org.jswtpm.systemtest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A swtpm that has detached itself from its parent. */
public final class DetachedSwtpm implements AutoCloseable {
    private final ProcessHandle process;
    private final Endpoint control;

    private DetachedSwtpm(ProcessHandle process, Endpoint control) {
        this.process = process;
        this.control = control;
    }

    /**
     * Starts a command that becomes a swtpm, which has to detach itself: it returns when the daemon listens.
     *
     * @param directory where it runs, and where its control socket {@code ctrl} and its {@code pid} file go
     * @param command the program and its options but for those two and {@code --daemon}
     */
    public static DetachedSwtpm start(Path directory, List<String> command) throws IOException, InterruptedException {
        Path control = directory.resolve("ctrl");
        Path pid = directory.resolve("pid");
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--ctrl", "type=unixio,path=" + control, "--pid", "file=" + pid, "--daemon"));
        ChildProcess.run(directory, Map.of(), words).requireSuccess();
        long number = Long.parseLong(Files.readString(pid).strip());
        return new DetachedSwtpm(ProcessHandle.of(number).orElseThrow(), new Endpoint.Unix(control));
    }

    /** The daemon. */
    public ProcessHandle process() {
        return process;
    }

    /** CMD_INIT and CMD_SHUTDOWN, and waits until the daemon has ended. */
    public void initAndShutDown() throws IOException {
        try (ControlChannel channel = new ControlChannel(control.connect())) {
            assertEquals(0, channel.init(), "CMD_INIT");
            assertEquals(0, channel.shutdown(), "CMD_SHUTDOWN");
        }
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
