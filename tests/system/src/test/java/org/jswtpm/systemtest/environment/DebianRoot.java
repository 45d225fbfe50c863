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
 * A Debian system in a directory: what debootstrap calls minbase, made in half of its time by mmdebstrap, and what is wanted
 * beside it. Programs in it have mounts and processes of their own, so nothing of them outlives a run.
 */
public final class DebianRoot implements AutoCloseable {
    /** Where roots are kept as they were made: that takes a minute and the network. */
    private static final Path KEPT =
            Path.of(System.getProperty("jswtpm.debian-roots", "target")).toAbsolutePath();

    /** The root becomes a mount point, as that of a machine is. */
    private static final String ENTER = """
        mount --bind "$0" "$0"
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        [ ! -e /sys/kernel ] || mount --rbind /sys "$0/sys"
        exec chroot "$0" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            HOME=/root DEBIAN_FRONTEND=noninteractive \
            /bin/sh -euc "$1"
        """;

    private final Path path;

    private DebianRoot(Path path) {
        this.path = path;
    }

    /** Why there can be no such system here. */
    public static Optional<String> obstacle() throws IOException, InterruptedException {
        return Namespaces.obstacle(KEPT.resolve("debian-namespaces"));
    }

    /** A system that nobody has used yet, of the release that this machine runs. */
    public static DebianRoot fresh() throws IOException, InterruptedException {
        String release = run(List.of("sh", "-euc", ". /etc/os-release; echo $VERSION_CODENAME"))
                .requireSuccess()
                .stdout()
                .strip();
        return fresh(release, List.of());
    }

    /**
     * A system that nobody has used yet.
     *
     * @param release Debian's name of it
     * @param packages what is installed beside minbase
     */
    public static DebianRoot fresh(String release, List<String> packages) throws IOException, InterruptedException {
        Path pristine = KEPT.resolve("debian-" + release + "-" + Integer.toHexString(packages.hashCode()));
        if (!Files.exists(pristine)) {
            makePristine(pristine, release, packages);
        }
        DebianRoot root = new DebianRoot(pristine.resolveSibling("debian.used"));
        root.close(); // what a test that was killed has left
        run(List.of("cp", "--archive", "--reflink=auto", pristine.toString(), root.path.toString()))
                .requireSuccess();
        return root;
    }

    private static void makePristine(Path pristine, String release, List<String> packages)
            throws IOException, InterruptedException {
        Path partial = pristine.resolveSibling("debian.partial");
        delete(partial);
        Files.createDirectories(pristine.getParent());
        List<String> command = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase"));
        if (!packages.isEmpty()) {
            command.add("--include=" + String.join(",", packages));
        }
        command.addAll(List.of(release, partial.toString()));
        run(command).requireSuccess();
        Files.move(partial, pristine);
    }

    /** Where a file of the system is outside. */
    public Path resolve(String file) {
        return path.resolve(file.substring(1));
    }

    /** Runs a script of the shell as root; it ends at the first command that fails. */
    public Completed run(String... lines) throws IOException, InterruptedException {
        List<String> script = List.of("/bin/sh", "-euc", ENTER, path.toString(), String.join("\n", lines));
        try (Namespaces namespaces = Namespaces.at(path.resolveSibling("debian-namespaces"))) {
            return run(namespaces.around(script));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        delete(path);
    }

    private static void delete(Path root) throws IOException, InterruptedException {
        run(List.of("rm", "-rf", "--one-file-system", root.toString())).requireSuccess();
    }

    private static Completed run(List<String> command) throws IOException, InterruptedException {
        return ChildProcess.run(Path.of("/"), Map.of(), command);
    }
}
