package org.jswtpm.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;

/** TrouSerS' daemon tcsd in front of a TPM 1.2, and the programs of the tpm-tools, which talk to it. */
final class TrouSers implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final String USER =
            "tss"; // to whom tcsd changes, and to whose group its configuration has to belong

    private final Path directory;
    private final Map<String, String> environment;
    private final ChildProcess tcsd;

    private TrouSers(Path directory, Map<String, String> environment, ChildProcess tcsd) {
        this.directory = directory;
        this.environment = environment;
        this.tcsd = tcsd;
    }

    /** How tcsd and swtpm_bios are told of a TPM at a TCP port. */
    static Map<String, String> tpmAt(int port) {
        return Map.of(
                "TCSD_USE_TCP_DEVICE",
                "1",
                "TCSD_TCP_DEVICE_HOSTNAME",
                "127.0.0.1",
                "TCSD_TCP_DEVICE_PORT",
                String.valueOf(port));
    }

    /**
     * Starts tcsd, which only root can, and waits until it listens.
     *
     * @param directory where the programs run, and where tcsd keeps the keys of its system
     * @param tpmPort where a TPM listens that has been started
     */
    static TrouSers start(Path directory, int tpmPort) throws IOException, InterruptedException {
        int port = PortPair.free().data();
        Map<String, String> environment = new HashMap<>(tpmAt(tpmPort));
        environment.put("TSS_TCSD_PORT", String.valueOf(port));
        List<String> command = List.of(
                DebianPackage.TROUSERS.file().toString(),
                "-e", // has a TPM by TCP
                "-f", // stays in the foreground
                "-c",
                configuration(directory, port).toString());
        ChildProcess tcsd = ChildProcess.start(directory, environment, command);
        try {
            awaitListening(tcsd, new Endpoint.Tcp(port));
            return new TrouSers(directory, environment, tcsd);
        } catch (AssertionError e) {
            tcsd.close();
            throw e;
        }
    }

    private static Path configuration(Path directory, int port) throws IOException {
        UserPrincipalLookupService users = directory.getFileSystem().getUserPrincipalLookupService();
        Path keys = Files.createDirectories(directory.resolve("tcsd"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setOwner(keys, users.lookupPrincipalByName(USER));
        Path file = directory.resolve("tcsd.conf");
        Files.writeString(file, "port = " + port + "\nsystem_ps_file = " + keys.resolve("system.data") + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(users.lookupPrincipalByGroupName(USER));
        return file;
    }

    private static void awaitListening(ChildProcess tcsd, Endpoint endpoint) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                endpoint.connect().close();
                return;
            } catch (IOException e) {
                if (tcsd.endsWithin(RETRY) || System.nanoTime() - deadline > 0) {
                    throw new AssertionError("tcsd does not listen" + tcsd.describe(), e);
                }
            }
        }
    }

    /**
     * Runs {@code tpm_<command line>}, whose words are separated by blanks.
     *
     * @param passwords what is typed when it asks
     */
    Completed run(String commandLine, String... passwords) throws IOException, InterruptedException {
        Path typed = directory.resolve("typed");
        Files.writeString(typed, String.join("\n", passwords) + "\n");
        // without a terminal, passwords are read from the standard input
        String fromFile = "exec setsid --wait tpm_\"$@\" <" + typed;
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", fromFile, "sh"));
        command.addAll(List.of(commandLine.split(" ")));
        return ChildProcess.run(directory, environment, command);
    }

    /** Ends tcsd, and so its connection to the TPM. */
    @Override
    public void close() throws InterruptedException {
        tcsd.kill();
        tcsd.close();
    }
}
