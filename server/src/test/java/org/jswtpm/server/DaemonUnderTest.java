package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;

/** A daemon that tests talk to: ours in this VM, or swtpm as a process. */
interface DaemonUnderTest extends AutoCloseable {
    /** The path of its control socket. */
    Path ctrl();

    /** Its state directory. */
    Path directory();

    /** Connects to the control channel. */
    default Wire connect() throws IOException, InterruptedException {
        return Wire.connect(ctrl());
    }

    /** Waits for its end, and gives its exit status. */
    int awaitEnd() throws InterruptedException;

    @Override
    void close() throws IOException, InterruptedException;
}
