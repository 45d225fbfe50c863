package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;

/** The contract, kept by our daemon with the TPM that it has in real life. */
class ControlChannelEngineTest extends ControlChannelContract {
    @Override
    DaemonUnderTest start(Path stateDirectory, String... options) throws IOException {
        return InProcessDaemon.startEngine(stateDirectory, options);
    }
}
