package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.systemtest.environment.Namespaces;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** swtpm_setup where something is missing, and where a signal comes. */
class SetupSurroundingsIT {
    private static final Path SETUP = Swtpm.underTest().executable().resolveSibling("swtpm_setup");

    @TempDir
    private Path directory;

    private Path state;
    private Path temporary;

    @BeforeEach
    void configure() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        temporary = Files.createDirectory(directory.resolve("tmp"));
        Path ca = directory.resolve("ca");
        Path localca = Files.write(
                directory.resolve("localca.conf"),
                List.of(
                        "statedir = " + ca,
                        "signingkey = " + ca.resolve("signkey.pem"),
                        "issuercert = " + ca.resolve("issuercert.pem")));
        Files.write(
                directory.resolve("conf"),
                List.of(
                        "create_certs_tool = swtpm_localca",
                        "create_certs_tool_config = " + localca,
                        "create_certs_tool_options = " + Files.createFile(directory.resolve("options"))));
    }

    /** The certificate tool says when it is there, and the signal comes while it does nothing. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void aSignalLeavesNothing(String signal, int status) throws Exception {
        Path tool = Files.writeString(directory.resolve("tool"), """
            #!/bin/sh
            echo there > "%s/ready"
            exec sleep 600
            """.formatted(directory));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("conf"), "create_certs_tool = " + tool);
        String script = """
            mkfifo ready
            env --default-signal "$0" --tpm2 --tpmstate state --create-ek-cert --config conf --write-ek-cert-files state &
            timeout 120 cat ready
            kill -%s $!
            wait $!
            echo $?
            """.formatted(signal);
        Completed run = run("/bin/sh", "-c", script, SETUP.toString());
        assertEquals(List.of("there", Integer.toString(status)), lastTwo(run), run::stderr);
        assertEquals(0, state.toFile().list().length, run::stderr);
        assertEquals(0, temporary.toFile().list().length, run::stderr);
    }

    private static List<String> lastTwo(Completed run) {
        List<String> lines = run.stdout()
                .lines()
                .filter(line -> line.equals("there") || line.matches("\\d+"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - 2), lines.size());
    }

    @ParameterizedTest
    @CsvSource({"--tpm2", "--take-ownership"})
    void needsNoDevices(String option) throws Exception {
        Path place = directory.resolve("namespaces");
        Optional<String> obstacle = Namespaces.obstacle(place);
        assumeTrue(obstacle.isEmpty(), () -> "no namespaces can be made here: " + obstacle.orElseThrow());
        String script = """
            mount -t tmpfs none /dev
            exec "$0" --tpmstate state --create-ek-cert --config conf "$1"
            """;
        try (Namespaces namespaces = Namespaces.at(place)) {
            List<String> command = namespaces.around(List.of("sh", "-c", script, SETUP.toString(), option));
            run(command.toArray(String[]::new)).requireSuccess();
        }
        assertTrue(state.toFile().list().length > 0);
    }

    @Test
    void aPlaceForTemporaryFilesIsNeededForCertificatesOnly() throws Exception {
        Files.delete(temporary);
        List<String> words = List.of("--tpm2", "--tpmstate", "state", "--config", "conf");
        Completed withCertificate = run(words, "--create-ek-cert");
        assertEquals(1, withCertificate.exitCode());
        assertEquals(
                "Could not create temporary directory for certs in " + temporary
                        + ": No such file or directory; TMPDIR may name another one.\n"
                        + "An error occurred. Authoring the TPM state failed.\n",
                withCertificate.stderr());
        assertEquals(0, state.toFile().list().length);
        run(words, "--createek").requireSuccess();
    }

    /** As C's program, which does not look at what writing gives. */
    @Test
    void doesItsWorkWhereItsMessagesCannotBeWritten() throws Exception {
        String script = "exec \"$0\" --tpm2 --tpmstate state --createek --config conf > /dev/full";
        run("/bin/sh", "-c", script, SETUP.toString()).requireSuccess();
        assertTrue(Files.size(state.resolve("tpm2-00.permall")) > 0);
    }

    private Completed run(List<String> words, String option) throws Exception {
        String[] all = new String[words.size() + 2];
        all[0] = SETUP.toString();
        for (int i = 0; i < words.size(); i++) {
            all[i + 1] = words.get(i);
        }
        all[words.size() + 1] = option;
        return run(all);
    }

    private Completed run(String... words) throws Exception {
        return ChildProcess.run(directory, Map.of("TMPDIR", temporary.toString()), List.of(words));
    }
}
