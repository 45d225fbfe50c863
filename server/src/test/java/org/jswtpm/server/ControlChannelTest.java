package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;

/** The contract, kept by our daemon. */
class ControlChannelTest extends ControlChannelContract {
    @Override
    DaemonUnderTest start(Path stateDirectory, String... options) throws IOException {
        return InProcessDaemon.start(stateDirectory, options);
    }
}
