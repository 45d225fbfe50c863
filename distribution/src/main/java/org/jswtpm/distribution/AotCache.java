package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An AOT cache (JEP 483, 514, 515): the classes of a program as they were loaded and linked during a run of it in the
 * build, with the profile of its methods. One run makes one cache; programs that load almost the same classes share it.
 */
final class AotCache {
    private final Path image;
    private final Path work;
    private final Program program;

    /** @param program the one that is run to make the cache */
    AotCache(Path image, Path work, Program program) {
        this.image = image;
        this.work = work;
        this.program = program;
    }

    /** Starts the program as the launcher does, except that what it loads is recorded. */
    Process record(String... arguments) throws IOException {
        List<String> options = List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration());
        List<String> command = new ArrayList<>(program.command(image, options));
        command.addAll(List.of(arguments));
        return start(command, log("training"));
    }

    /** Waits for the end of the recorded run, and makes the cache from it. */
    void make(Process recorded) throws IOException, InterruptedException {
        expectSuccess(recorded, "the trained " + program.name(), log("training"));
        List<String> options = List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + configuration(),
                "-XX:AOTCache=" + image.resolve("lib").resolve(program.cache()));
        expectSuccess(
                start(program.command(image, options), log("create")), "the making of the AOT cache", log("create"));
    }

    private Path configuration() {
        return work.resolve(program.name() + ".aotconf");
    }

    private Path log(String step) {
        return work.resolve(program.name() + "." + step + ".log");
    }

    private static Process start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static void expectSuccess(Process process, String what, Path log) throws IOException, InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(what + " ended with status " + status + ": " + Files.readString(log));
        }
    }
}
