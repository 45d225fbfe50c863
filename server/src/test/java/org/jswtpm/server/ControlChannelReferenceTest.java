package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract, kept by swtpm: what it asks for is what QEMU and libvirt get today. */
@Tag("reference")
class ControlChannelReferenceTest extends ControlChannelContract {
    @Override
    DaemonUnderTest start(Path stateDirectory, String... options) throws IOException {
        return SwtpmProcess.start(stateDirectory, options);
    }

    /** Releases up to 0.7 count below zero here and wait for 4 GiB; later ones answer. */
    @Override
    @Test
    void refusesMoreHashDataThanAnnounced() throws Exception {
        ctrl().ask(INIT, 4);
        ctrl().ask("00000006", 4);
        ctrl().send("00000007 00000001 6162");

        assertTrue(ctrl().isSilentFor(300) || ctrl().read(3).equals(BAD_PARAMETER.substring(2)));
    }
}
