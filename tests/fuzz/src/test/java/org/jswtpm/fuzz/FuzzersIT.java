package org.jswtpm.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;

/**
 * Runs each fuzzer in a process of its own. What one finds is left in {@code target/fuzz/<fuzzer>/}, with the command that runs it
 * again.
 *
 * <p>In the gate each does the same every time: it begins with the corpus that is kept in {@code src/test/corpus}, always with the
 * same seed, and ends after a number of inputs, not of seconds. The search for what is not known yet is {@code -Pfuzz-search}.
 */
class FuzzersIT {
    /** How long to search; 0 for the fixed number of inputs. */
    private static final int SECONDS = Integer.getInteger("jswtpm.fuzz.seconds", 0);
    /** 0 stands for another one each time. */
    private static final int SEED = Integer.getInteger("jswtpm.fuzz.seed", 1);

    /** A fuzzer that hangs is ended in the end; no loaded machine is as slow as that. */
    private static final int GRACE_MINUTES = 40;

    private static final int MAX_INPUT = 12_000;
    private static final Path KEPT = Path.of("src", "test", "corpus");

    @Test
    void commandsOfTpm2DoNoMoreThanGetAnAnswer() throws Exception {
        fuzz(Tpm2CommandFuzzer.class, Tpm2CommandFuzzer.seeds(), 3_000);
    }

    @Test
    void permanentStatesOfTpm2AreRefusedOrRun() throws Exception {
        fuzz(Tpm2PermanentStateFuzzer.class, Tpm2PermanentStateFuzzer.seeds(), 2_000);
    }

    @Test
    void volatileStatesOfTpm2AreRefusedOrRun() throws Exception {
        fuzz(Tpm2VolatileStateFuzzer.class, Tpm2VolatileStateFuzzer.seeds(), 2_000);
    }

    @Test
    void commandsOfTpm12DoNoMoreThanGetAnAnswer() throws Exception {
        fuzz(Tpm12CommandFuzzer.class, Tpm12CommandFuzzer.seeds(), 10_000);
    }

    @Test
    void permanentStatesOfTpm12AreRefusedOrRun() throws Exception {
        fuzz(Tpm12PermanentStateFuzzer.class, Tpm12PermanentStateFuzzer.seeds(), 3_000);
    }

    @Test
    void runningStatesOfTpm12AreRefusedOrRun() throws Exception {
        fuzz(Tpm12RunningStateFuzzer.class, Tpm12RunningStateFuzzer.seeds(), 3_000);
    }

    @Test
    void profilesAreRefusedOrUsed() throws Exception {
        fuzz(ProfileFuzzer.class, ProfileFuzzer.seeds(), 20_000);
    }

    @Test
    void stateBlobsAreRefusedOrRead() throws IOException, InterruptedException, StoreException {
        fuzz(StateBlobFuzzer.class, StateBlobFuzzer.seeds(), 200_000);
    }

    @Test
    void linearFilesAreRefusedOrUsed() throws IOException, InterruptedException, StoreException {
        fuzz(LinearFileFuzzer.class, LinearFileFuzzer.seeds(), 3_000);
    }

    private static void fuzz(Class<?> target, List<byte[]> seeds, int runs) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path corpus = corpus(directory, target.getSimpleName(), seeds);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command(target, directory, corpus, runs))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS / 60 + GRACE_MINUTES, TimeUnit.MINUTES);
            assertEquals(0, ended ? process.exitValue() : -1, () -> "the fuzzer found something:\n" + endOf(log));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The seeds, what is kept, and in a search what earlier ones have found. */
    private static Path corpus(Path directory, String name, List<byte[]> seeds) throws IOException {
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        if (SECONDS == 0) {
            for (Path input : filesIn(corpus)) {
                Files.delete(input);
            }
        }
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        for (Path input : filesIn(KEPT.resolve(name))) {
            Files.copy(input, corpus.resolve(input.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return corpus;
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static List<String> command(Class<?> target, Path directory, Path corpus, int runs) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx600m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.jswtpm.engine.**:org.jswtpm.store.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + File.separator,
                "-seed=" + SEED,
                SECONDS == 0 ? "-runs=" + runs : "-max_total_time=" + SECONDS,
                "-max_len=" + MAX_INPUT,
                // an input takes milliseconds; one that hangs is found on a machine that is a thousand times slower,
                // too
                "-timeout=600",
                // else the corpus is read again each second, so that what comes next depends on the time
                "-reload=0",
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
