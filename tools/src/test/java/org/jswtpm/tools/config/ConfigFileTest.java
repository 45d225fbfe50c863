package org.jswtpm.tools.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    @Test
    void takesTheEnvironmentOfModulesAsItIs() throws Exception {
        Path file = Files.write(
                directory.resolve("conf"),
                List.of("statedir = /a", "env:ONE=1", "env:TWO = a b=c # no comment", " env:THREE=3", "#env:FOUR=4"));
        assertEquals(
                Map.of("ONE", "1", "TWO", "a b=c # no comment"),
                ConfigFile.read(file).environment());
    }
}
