package org.jswtpm.systemtest.libvirt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Namespaces;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;

/** A running libvirtd with all that it starts; nothing of it outlives {@link #close()}. */
public final class LibvirtHost implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final String SOCKET = "/run/libvirt/libvirt-sock";

    private final Path directory;
    private final Namespaces namespaces;
    private final ChildProcess host;
    private final Path root;

    private LibvirtHost(Path directory, Namespaces namespaces, ChildProcess host) throws InterruptedException {
        this.directory = directory;
        this.namespaces = namespaces;
        this.host = host;
        // the process that the namespaces are for; its child is libvirtd
        this.root = Path.of("/proc/" + awaitChild(host) + "/root");
    }

    /**
     * Starts libvirtd on a system that has the Debian package, and waits until it can be asked.
     *
     * @param directory a directory of the test
     */
    public static LibvirtHost start(Path directory) throws IOException, InterruptedException {
        Path script = directory.resolve("host.sh");
        try (InputStream resource = LibvirtHost.class.getResourceAsStream("host.sh")) {
            Files.copy(resource, script);
        }
        Namespaces namespaces = Namespaces.at(directory.resolve("namespaces"));
        ChildProcess process = ChildProcess.start(
                directory,
                Map.of(),
                namespaces.around(List.of(
                        "sh",
                        script.toString(),
                        BuiltPackages.debianPackage().toRealPath().toString())));
        try {
            LibvirtHost host = new LibvirtHost(directory, namespaces, process);
            host.awaitAnswer();
            return host;
        } catch (AssertionError e) {
            process.close();
            namespaces.close();
            throw e;
        }
    }

    private static long awaitChild(ChildProcess host) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        List<ProcessHandle> children = host.children();
        while (children.isEmpty()) {
            host.requireRunning(RETRY, deadline);
            children = host.children();
        }
        return children.getFirst().pid();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(path(SOCKET)) || call("uri").exitCode() != 0) {
            requireRunning(RETRY, deadline);
        }
    }

    /** A file of this host, as the test sees it. */
    public Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Runs {@code virsh}, which has to succeed; what it prints. */
    public String virsh(String... words) throws IOException, InterruptedException {
        Completed run = call(words);
        if (run.exitCode() != 0) {
            throw new AssertionError(run + host.describe() + log());
        }
        return run.stdout();
    }

    /** Runs {@code virsh}, whatever it ends with. */
    public Completed call(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(DebianPackage.LIBVIRT_CLIENTS.file().toString()));
        command.addAll(List.of("-q", "-c", "qemu+unix:///system?socket=" + path(SOCKET)));
        command.addAll(List.of(words));
        return ChildProcess.run(directory, Map.of(), command);
    }

    /** Makes a domain known. */
    public void define(Domain domain) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve(domain.name() + ".xml"), domain.xml());
        virsh("define", file.toString());
    }

    /** Where the TPM of a domain keeps its state. */
    public Path tpmState(Domain domain) {
        return path("/var/lib/libvirt/swtpm/" + domain.uuid());
    }

    /** Waits a moment for something that a guest has yet to do; the test fails with all that is known when time is up. */
    public void requireRunning(Duration moment, long deadlineNanos) throws InterruptedException {
        try {
            host.requireRunning(moment, deadlineNanos);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + log(), e);
        }
    }

    /** All that libvirtd, the TPMs and QEMU have said. */
    private String log() {
        StringBuilder log = new StringBuilder();
        if (!Files.isDirectory(path("/var/log"))) { // the host has gone
            return "";
        }
        try (var files = Files.walk(path("/var/log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append("\n== ").append(file).append('\n').append(Files.readString(file));
            }
        } catch (IOException e) {
            log.append(e);
        }
        return log.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        host.close();
        namespaces.close();
    }
}
