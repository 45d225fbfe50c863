package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The AOT cache (JEP 483, 514, 515): the classes of the daemon as they were loaded and linked during a training session,
 * with the profile of its methods.
 */
final class AotCache {
    private AotCache() {}

    /** Makes {@code lib/swtpm.aot} of the image. */
    static void train(Path image, Path work) throws IOException, InterruptedException {
        Path configuration = work.resolve("swtpm.aotconf");
        Path state = Files.createDirectories(work.resolve("training"));
        Path socket = state.resolve("control");
        List<String> record = vm(image, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration);
        record.addAll(List.of("socket", "--tpm2", "--tpmstate", "dir=" + state));
        record.addAll(List.of("--ctrl", "type=unixio,path=" + socket));
        Process daemon = start(record, work.resolve("training.log"));
        try {
            TrainingSession.run(socket, daemon);
            expectSuccess(daemon, "the trained daemon", work.resolve("training.log"));
        } finally {
            daemon.destroyForcibly();
        }
        Path log = work.resolve("create.log");
        List<String> create = vm(
                image,
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + configuration,
                "-XX:AOTCache=" + image.resolve("lib/swtpm.aot"));
        expectSuccess(start(create, log), "the making of the AOT cache", log);
        Tree.delete(state);
    }

    /** The command line of the launcher, with other options for the cache. */
    private static List<String> vm(Path image, String... options) {
        List<String> command = new ArrayList<>();
        command.add(image.resolve("runtime/bin/java").toString());
        command.add("@" + image.resolve("lib/jvm.options"));
        command.addAll(List.of(options));
        command.add("-Dorg.newsclub.net.unix.library.override=" + image.resolve("lib/libjunixsocket.so"));
        command.addAll(List.of("-m", "org.jswtpm.server/org.jswtpm.server.Main", "swtpm"));
        return command;
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
