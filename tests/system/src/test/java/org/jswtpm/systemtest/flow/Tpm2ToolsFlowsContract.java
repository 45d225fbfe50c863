package org.jswtpm.systemtest.flow;

import java.nio.file.Path;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each family of the tpm2-tools against a swtpm, from its first to its last command; a subclass says which. */
abstract class Tpm2ToolsFlowsContract {
    @TempDir
    private Path directory;

    abstract Swtpm program();

    @ParameterizedTest
    @ValueSource(strings = {"keys", "storage", "policies", "attestation"})
    void work(String family) throws Exception {
        new Flows(program(), directory).play("tpm2tools/" + family + ".sh");
    }
}
