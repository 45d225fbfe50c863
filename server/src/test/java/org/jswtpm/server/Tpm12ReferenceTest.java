package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The contract, kept by swtpm. */
@Tag("reference")
class Tpm12ReferenceTest extends Tpm12Contract {
    @Override
    DaemonUnderTest start(Path stateDirectory, String... options) throws IOException {
        return SwtpmProcess.startTpm12(stateDirectory, options);
    }
}
