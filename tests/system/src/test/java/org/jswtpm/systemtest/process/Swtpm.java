package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with swtpm's command line.
 *
 * @param executable its path
 */
public record Swtpm(Path executable) {
    /** The program that the tests are for: the built distribution, unless the property {@code jswtpm.swtpm} differs. */
    public static Swtpm underTest() {
        Path executable = Path.of(System.getProperty("jswtpm.swtpm")).normalize();
        if (!Files.isExecutable(executable)) {
            throw new IllegalStateException("No " + executable + ": build the server module first (mvn package)");
        }
        return new Swtpm(executable);
    }

    /** Debian's C swtpm, the reference. */
    public static Swtpm reference() {
        return new Swtpm(Path.of("/usr/bin/swtpm"));
    }

    /** Starts a TPM 2.0 with a state directory and a Unix control socket in it, and waits until it listens. */
    public SwtpmProcess start(Path stateDirectory, String... moreOptions) throws IOException, InterruptedException {
        return startAt("dir=" + stateDirectory, stateDirectory, moreOptions);
    }

    /** Starts a TPM 2.0 with its state where {@code tpmState} says, and a Unix control socket in a directory. */
    public SwtpmProcess startAt(String tpmState, Path directory, String... moreOptions)
            throws IOException, InterruptedException {
        Path control = directory.resolve("swtpm-sock");
        List<String> options = new ArrayList<>(
                List.of("socket", "--tpm2", "--tpmstate", tpmState, "--ctrl", "type=unixio,path=" + control));
        options.addAll(List.of(moreOptions));
        return start(directory, new Endpoint.Unix(control), options);
    }

    /** Starts the program with all its options given, and waits until its control channel listens. */
    public SwtpmProcess start(Path workingDirectory, Endpoint control, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(options);
        return SwtpmProcess.start(workingDirectory, command, control);
    }
}
