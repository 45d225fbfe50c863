package org.jswtpm.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;

/**
 * Runs each fuzzer for a while, by default a minute, in a process of its own. What one finds is left in {@code
 * target/fuzz/<fuzzer>/}, with the command that runs it again.
 */
class FuzzersIT {
    private static final int SECONDS = Integer.getInteger("jswtpm.fuzz.seconds", 60);
    /** Always the same one in the gate, so that a fault is found again; 0 stands for another one each time. */
    private static final int SEED = Integer.getInteger("jswtpm.fuzz.seed", 1);

    private static final int GRACE_SECONDS = 120;
    private static final int MAX_INPUT = 12_000;

    @Test
    void commandsOfTpm2DoNoMoreThanGetAnAnswer() throws Exception {
        fuzz(Tpm2CommandFuzzer.class, Tpm2CommandFuzzer.seeds());
    }

    @Test
    void permanentStatesOfTpm2AreRefusedOrRun() throws Exception {
        fuzz(Tpm2PermanentStateFuzzer.class, Tpm2PermanentStateFuzzer.seeds());
    }

    @Test
    void volatileStatesOfTpm2AreRefusedOrRun() throws Exception {
        fuzz(Tpm2VolatileStateFuzzer.class, Tpm2VolatileStateFuzzer.seeds());
    }

    @Test
    void commandsOfTpm12DoNoMoreThanGetAnAnswer() throws Exception {
        fuzz(Tpm12CommandFuzzer.class, Tpm12CommandFuzzer.seeds());
    }

    @Test
    void permanentStatesOfTpm12AreRefusedOrRun() throws Exception {
        fuzz(Tpm12PermanentStateFuzzer.class, Tpm12PermanentStateFuzzer.seeds());
    }

    @Test
    void runningStatesOfTpm12AreRefusedOrRun() throws Exception {
        fuzz(Tpm12RunningStateFuzzer.class, Tpm12RunningStateFuzzer.seeds());
    }

    @Test
    void profilesAreRefusedOrUsed() throws Exception {
        fuzz(ProfileFuzzer.class, ProfileFuzzer.seeds());
    }

    @Test
    void stateBlobsAreRefusedOrRead() throws IOException, InterruptedException, StoreException {
        fuzz(StateBlobFuzzer.class, StateBlobFuzzer.seeds());
    }

    @Test
    void linearFilesAreRefusedOrUsed() throws IOException, InterruptedException, StoreException {
        fuzz(LinearFileFuzzer.class, LinearFileFuzzer.seeds());
    }

    private static void fuzz(Class<?> target, List<byte[]> seeds) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command(target, directory, corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS + GRACE_SECONDS, TimeUnit.SECONDS);
            assertEquals(0, ended ? process.exitValue() : -1, () -> "the fuzzer found something:\n" + endOf(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Class<?> target, Path directory, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Dio.netty.noUnsafe=true",
                "-Xmx600m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.jswtpm.engine.**:org.jswtpm.store.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + File.separator,
                "-seed=" + SEED,
                "-max_total_time=" + SECONDS,
                "-max_len=" + MAX_INPUT,
                "-timeout=30",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                corpus.toString());
    }

    private static String endOf(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
