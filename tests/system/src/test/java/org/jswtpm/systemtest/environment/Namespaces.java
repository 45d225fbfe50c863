package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;

/**
 * Programs with mounts and processes of their own, none of which outlives them; root alone can start them. It works in a chroot
 * as well, whose root is no mount point: there is nothing to say about its mounts, so a copy of the root becomes the root.
 */
public final class Namespaces implements AutoCloseable {
    private static final String ENTER = """
        if ! mount --make-rprivate / 2>/dev/null; then
            mount --bind "$0" "$0" # the one mount that may be seen outside
            mount --make-private "$0"
            mkdir "$0/root"
            mount --rbind / "$0/root"
            mount --make-rprivate "$0/root"
            exec chroot "$0/root" /bin/sh -euc 'cd "$0"; mount -t proc proc /proc; exec "$@"' "$PWD" "$@"
        fi
        mount -t proc proc /proc
        exec "$@"
        """;

    private final Path place;

    private Namespaces(Path place) {
        this.place = place;
    }

    /**
     * New ones for one program.
     *
     * @param place a directory that this makes and removes again
     */
    public static Namespaces at(Path place) throws IOException {
        return new Namespaces(Files.createDirectories(place));
    }

    /** Why this machine does not let root make namespaces, which many a container does not. */
    public static Optional<String> obstacle(Path place) throws IOException, InterruptedException {
        try (Namespaces namespaces = at(place)) {
            Completed attempt = ChildProcess.run(Path.of("/"), Map.of(), namespaces.around(List.of("true")));
            return attempt.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of(attempt.stderr().strip());
        }
    }

    /** The command that starts a program in them. */
    public List<String> around(List<String> program) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "unchanged"));
        command.addAll(List.of("--pid", "--fork", "--kill-child", "/bin/sh", "-euc", ENTER, place.toString()));
        command.addAll(program);
        return command;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        if (mounts.contains(" " + place + " ")) {
            ChildProcess.run(Path.of("/"), Map.of(), List.of("umount", place.toString()))
                    .requireSuccess();
        }
        Files.deleteIfExists(place.resolve("root"));
        Files.deleteIfExists(place);
    }
}
