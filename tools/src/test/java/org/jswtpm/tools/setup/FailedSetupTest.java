package org.jswtpm.tools.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a set-up leaves that does not come to its end. */
class FailedSetupTest {
    @TempDir
    private Path directory;

    private Path state;
    private Path permanent;
    private Path config;

    @BeforeEach
    void configure() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        permanent = state.resolve("tpm2-00.permall");
        config = Files.writeString(directory.resolve("setup.conf"), "");
    }

    /** Half a TPM would be a good one for the next --not-overwrite. */
    @ParameterizedTest
    @CsvSource({"exit 3, exit with status 3", "true, Failed to open file", "kill -9 $$, exit with status 137"})
    void aCertificateToolThatFailsLeavesNothing(String failure, String message) throws Exception {
        configureTool(failure);
        Path log = directory.resolve("log");
        Path files = Files.createDirectory(directory.resolve("files"));
        Run run = run("--create-ek-cert --create-platform-cert --logfile " + log + " --write-ek-cert-files " + files);
        assertEquals(new Run(1, "", ""), run);
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.stream().anyMatch(line -> line.contains(message)), lines::toString);
        assertTrue(lines.contains("An error occurred. Authoring the TPM state failed."), lines::toString);
        assertEquals(List.of(), list(state));
        assertEquals(List.of(), list(files));
    }

    /** The tool has the first certificate made, and fails at the second. */
    @Test
    void whatWasThereBeforeIsThereAfterAFailure() throws Exception {
        assertEquals(0, run("--createek").status());
        byte[] key = Files.readAllBytes(permanent);
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("ek-rsa2048.crt"), "of before");
        configureTool("[ $type = ek ] && printf ek > \"$dir/ek.cert\"");
        List<String> before = list(state);

        Run run = run("--overwrite --create-ek-cert --create-platform-cert --write-ek-cert-files " + files);
        assertEquals(1, run.status());
        assertTrue(run.out().contains("0x1c00002 for RSA 2048 EK certificate."), run::out);
        assertArrayEquals(key, Files.readAllBytes(permanent));
        assertEquals(before, list(state));
        assertEquals("of before", Files.readString(files.resolve("ek-rsa2048.crt")));
        assertEquals(List.of("ek-rsa2048.crt"), list(files));

        Run reconfiguration = run("--reconfigure --pcr-banks md5");
        assertEquals(1, reconfiguration.status());
        assertArrayEquals(key, Files.readAllBytes(permanent));
    }

    @Test
    void aStateInAFileIsThereWholeOrNotAtAll() throws Exception {
        Path file = directory.resolve("linear");
        configureTool("exit 3");
        assertEquals(1, run("--tpmstate file://" + file + " --create-ek-cert").status());
        assertFalse(Files.exists(file));
        assertEquals(0, run("--tpmstate file://" + file + " --createek").status());
        byte[] before = Files.readAllBytes(file);
        assertEquals(
                1,
                run("--tpmstate file://" + file + " --create-ek-cert --overwrite")
                        .status());
        assertArrayEquals(before, Files.readAllBytes(file));
        assertEquals(
                0, run("--tpmstate file://" + file + " --createek --overwrite").status());
    }

    /** A directory of the certificate's name: what cannot be written is noticed before the state is there. */
    @Test
    void aCopyThatCannotBeWrittenLeavesNoState() throws Exception {
        configureTool("printf ek > \"$dir/$type.cert\"");
        Path taken = Files.createDirectories(directory.resolve("files/ek-secp384r1.crt"));
        Run run = run("--create-ek-cert --write-ek-cert-files " + taken.getParent());
        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("Failed to write " + taken + ": Is a directory\n"), run::err);
        assertEquals(List.of(), list(state));
        assertEquals(List.of("ek-secp384r1.crt"), list(taken.getParent()));
    }

    @Test
    void aTpmOfTheOtherVersionIsReplacedToo() throws Exception {
        Files.writeString(state.resolve("tpm-00.permall"), "of a TPM 1.2");
        assertEquals(0, run("--createek").status());
        assertEquals(List.of(".lock", "tpm2-00.permall"), list(state));
    }

    private void configureTool(String action) throws Exception {
        Path tool = Files.writeString(directory.resolve("tool"), """
            #!/bin/sh
            while [ $# -gt 0 ]; do
                case $1 in
                --type) type=$2 ;;
                --dir) dir=$2 ;;
                esac
                shift
            done
            """ + action + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(config, "create_certs_tool = " + tool);
    }

    private Run run(String options) {
        List<String> words = new ArrayList<>(List.of("--tpm2", "--tpmstate", state.toString()));
        words.addAll(List.of("--config", config.toString()));
        words.addAll(List.of(options.split(" ")));
        return Run.of(Setup::run, words.toArray(new String[0]));
    }

    private static List<String> list(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
