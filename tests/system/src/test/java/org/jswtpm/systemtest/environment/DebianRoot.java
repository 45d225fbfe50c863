package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;

/**
 * A Debian system in a directory: what debootstrap calls minbase, made in half of its time by mmdebstrap, of the release that this machine runs. Programs in it
 * have a mount and a process namespace of their own, so nothing of them outlives a run.
 */
public final class DebianRoot implements AutoCloseable {
    /** A root as it was made; kept, since that takes a minute and the network. */
    private static final Path PRISTINE = Path.of("target", "debian-root").toAbsolutePath();

    private static final String ENTER = """
        mount -t proc proc "$0/proc"
        mount --bind /dev "$0/dev"
        exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive \
            /bin/sh -euc "$1"
        """;

    private final Path path;

    private DebianRoot(Path path) {
        this.path = path;
    }

    /** Whether this machine lets root make the namespaces that a system needs; many a container does not. */
    public static boolean isPossible() throws IOException, InterruptedException {
        return execute(List.of("unshare", "--mount", "--pid", "--fork", "true")).exitCode() == 0;
    }

    /** A system that nobody has used yet. */
    public static DebianRoot fresh() throws IOException, InterruptedException {
        if (!Files.exists(PRISTINE)) {
            makePristine();
        }
        DebianRoot root = new DebianRoot(PRISTINE.resolveSibling("debian-root.used"));
        root.close(); // what a test that was killed has left
        execute(List.of("cp", "--archive", "--reflink=auto", PRISTINE.toString(), root.path.toString()))
                .requireSuccess();
        return root;
    }

    private static void makePristine() throws IOException, InterruptedException {
        Path partial = PRISTINE.resolveSibling("debian-root.partial");
        delete(partial);
        Files.createDirectories(PRISTINE.getParent());
        String script = ". /etc/os-release; mmdebstrap --variant=minbase \"$VERSION_CODENAME\" " + partial;
        execute(List.of("sh", "-euc", script)).requireSuccess();
        Files.move(partial, PRISTINE);
    }

    /** Where a file of the system is outside. */
    public Path resolve(String file) {
        return path.resolve(file.substring(1));
    }

    /** Runs a script of the shell as root; it ends at the first command that fails. */
    public Completed run(String... lines) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-euc", ENTER));
        command.addAll(List.of(path.toString(), String.join("\n", lines)));
        return execute(command);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        delete(path);
    }

    private static void delete(Path root) throws IOException, InterruptedException {
        execute(List.of("rm", "-rf", "--one-file-system", root.toString())).requireSuccess();
    }

    private static Completed execute(List<String> command) throws IOException, InterruptedException {
        return ChildProcess.run(Path.of("/"), Map.of(), command);
    }
}
