package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the AOT caches of all programs; a cache has the name of the program that is run for it. */
final class Training {
    private final Path image;
    private final Path work;
    private final Path state;
    private final Path control;

    private Training(Path image, Path work) throws IOException {
        this.image = image;
        this.work = work;
        this.state = Files.createDirectories(work.resolve("training"));
        this.control = state.resolve("control");
    }

    static void run(List<Program> programs, Path image, Path work) throws IOException, InterruptedException {
        Training training = new Training(image, work);
        for (Program program : programs) {
            AotCache cache = new AotCache(image, work, program);
            switch (program.name() + ".aot") {
                case "swtpm.aot" -> training.daemon(cache);
                case "swtpm_ioctl.aot" -> training.client(cache);
                case "swtpm_setup.aot" -> training.setup(cache);
                default -> {}
            }
        }
        Tree.delete(training.state);
    }

    private void daemon(AotCache cache) throws IOException, InterruptedException {
        Process daemon = cache.record(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state,
                "--ctrl",
                "type=unixio,path=" + control,
                "--pid",
                "file=" + state.resolve("pid"));
        try {
            TrainingSession.run(control, daemon);
            cache.make(daemon);
        } finally {
            daemon.destroyForcibly();
        }
    }

    /** A client needs somebody to talk to: the daemon, whose own cache is made by now. */
    private void client(AotCache cache) throws IOException, InterruptedException {
        Process daemon = new ProcessBuilder(
                        image.resolve("bin/swtpm").toString(),
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--ctrl",
                        "type=unixio,path=" + control)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("daemon.log").toFile())
                .start();
        try {
            Daemon.connect(control, daemon).close();
            cache.make(cache.record("--unix", control.toString(), "-c"));
        } finally {
            daemon.destroyForcibly(); // SIGTERM may be ignored, as who started this build wanted it
            daemon.waitFor();
        }
    }

    /** Sets up a TPM 2.0 with all certificates, which are issued by a CA that is made for them. */
    private void setup(AotCache cache) throws IOException, InterruptedException {
        Path ca = state.resolve("ca");
        Path authority = Files.write(
                state.resolve("swtpm-localca.conf"),
                List.of(
                        "statedir = " + ca,
                        "signingkey = " + ca.resolve("signkey.pem"),
                        "issuercert = " + ca.resolve("issuercert.pem")));
        Path options = Files.writeString(
                state.resolve("swtpm-localca.options"),
                "--platform-manufacturer Linux --platform-version 1 --platform-model Linux");
        Path configuration = Files.write(
                state.resolve("swtpm_setup.conf"),
                List.of(
                        "create_certs_tool = swtpm_localca",
                        "create_certs_tool_config = " + authority,
                        "create_certs_tool_options = " + options));
        Path tpm = Files.createDirectory(state.resolve("tpm"));
        cache.make(cache.record(
                "--tpm2",
                "--tpmstate",
                tpm.toString(),
                "--createek",
                "--create-ek-cert",
                "--create-platform-cert",
                "--lock-nvram",
                "--vmid",
                "training",
                "--config",
                configuration.toString()));
    }
}
