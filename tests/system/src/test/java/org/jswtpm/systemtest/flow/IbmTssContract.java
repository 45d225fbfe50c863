package org.jswtpm.systemtest.flow;

import java.nio.file.Path;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The utilities of the IBM TSS against a swtpm; a subclass says which. */
abstract class IbmTssContract {
    @TempDir
    private Path directory;

    abstract Swtpm program();

    @ParameterizedTest
    @ValueSource(strings = {"hierarchy", "nv", "object", "session", "policy", "signing", "platform"})
    void work(String family) throws Exception {
        new Flows(program(), directory).play("ibmtss/" + family + ".sh");
    }
}
