package org.jswtpm.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The swtpm that is installed on this machine. */
final class SwtpmProcess implements DaemonUnderTest {
    private static final String SWTPM = "/usr/bin/swtpm";

    private final Path directory;
    private final Process process;

    private SwtpmProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static SwtpmProcess start(Path directory, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--tpm2");
        return startTpm12(directory, words.toArray(String[]::new));
    }

    /** {@link #start} without {@code --tpm2}. */
    static SwtpmProcess startTpm12(Path directory, String... options) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(SWTPM)), "swtpm is not installed");
        List<String> words = new ArrayList<>(List.of(
                SWTPM,
                "socket",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,path=" + directory + "/ctrl"));
        words.addAll(List.of(options));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(new File(directory + "/log"))
                .start();
        return new SwtpmProcess(directory, process);
    }

    @Override
    public Path ctrl() {
        return directory.resolve("ctrl");
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("swtpm does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
