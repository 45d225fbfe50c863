package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /**
     * The program where every user may start it: where it is, or in a copy, since a checkout often lies in a home directory,
     * which others may not enter.
     *
     * @param directory an empty directory of the test
     */
    public Swtpm forEveryUser(Path directory) throws IOException, InterruptedException {
        Path program = executable.toRealPath();
        if (isOpenToOthers(program)) {
            return this;
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path tree = program.getParent().getParent();
        Path copy = directory.resolve(tree.getFileName());
        ChildProcess.run(directory, Map.of(), List.of("cp", "-R", "--preserve=mode", tree.toString(), copy.toString()))
                .requireSuccess();
        Swtpm copied = new Swtpm(copy.resolve(tree.relativize(program)));
        if (!Files.isExecutable(copied.executable)) {
            throw new IllegalStateException("Nothing in " + directory
                    + " may be executed; is it mounted with noexec? Set java.io.tmpdir to another directory");
        }
        return copied;
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        for (Path each = file; each != null; each = each.getParent()) {
            if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
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
