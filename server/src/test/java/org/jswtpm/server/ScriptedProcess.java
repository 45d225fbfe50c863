package org.jswtpm.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link ScriptedMain} in a process of its own, which serves a control channel at {@code directory/ctrl}. */
final class ScriptedProcess implements AutoCloseable {
    private final Path directory;
    private final Process process;

    private ScriptedProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** The words that run {@link ScriptedMain}, with these options of the VM. */
    static List<String> words(String... vmOptions) {
        // a signal that who started the tests ignores, as nohup does, is ignored in what they start
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        words.addAll(List.of(vmOptions));
        words.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        System.getProperty("java.class.path"),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target/classes").toAbsolutePath().toString(),
                        Path.of("target/test-classes").toAbsolutePath().toString()),
                ScriptedMain.class.getName()));
        return words;
    }

    static ScriptedProcess start(Path directory, String... vmOptions) throws IOException {
        List<String> words = words(vmOptions);
        words.addAll(List.of(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,path=" + directory + "/ctrl",
                "--log",
                "file=" + directory + "/log,level=2"));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "TPM_PATH", "TPM_PORT", "NOTIFY_SOCKET"));
        builder.redirectOutput(directory.resolve("output").toFile());
        return new ScriptedProcess(directory, builder.start());
    }

    Path ctrl() {
        return directory.resolve("ctrl");
    }

    /** Its directory in /proc of threads. */
    Path threads() {
        return Path.of("/proc", Long.toString(process.pid()), "task");
    }

    /** Its directory in /proc of descriptors, without which the test is skipped: it is root's once the TPM has had power. */
    Path descriptors() {
        Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        assumeTrue(Files.isReadable(descriptors), "only root sees the descriptors of a process whose memory is closed");
        return descriptors;
    }

    /** Waits for its end, and gives its exit status. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
