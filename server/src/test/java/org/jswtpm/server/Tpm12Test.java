package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract with the engine. */
class Tpm12Test extends Tpm12Contract {
    @Override
    DaemonUnderTest start(Path stateDirectory, String... options) throws IOException {
        return InProcessDaemon.startTpm12(stateDirectory, options);
    }

    /** All of them but SEND_COMMAND_HEADER. */
    @Test
    void announcesWhatItCanDo() throws Exception {
        assertEquals(SUCCESS + "00017fff", ctrl().ask("00000001", 8));
    }
}
