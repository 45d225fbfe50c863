package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LIBVIRT_CLIENTS;
import static org.jswtpm.systemtest.environment.DebianPackage.LIBXML2_UTILS;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.OPENSSL;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.jswtpm.systemtest.environment.DebianPackage.TPM2_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in examples/ does what it says. */
class ExamplesIT {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("jswtpm.examples")).normalize();

    @TempDir
    private Path directory;

    @Test
    @Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
    void guestShowsItsMeasuredBoot() throws Exception {
        Completed run = script("qemu/run-guest.sh", directory.resolve("state").toString())
                .requireSuccess();

        assertTrue(run.stdout().contains("found a TPM, version 2"), run::stdout);
        long measured = run.stdout()
                .lines()
                .filter(line -> line.matches("PCR [0-7] sha256 [0-9A-F]{64}"))
                .filter(line -> !line.endsWith("0".repeat(64)))
                .count();
        assertEquals(8, measured, run::stdout);
        assertTrue(Files.exists(directory.resolve("state/tpm2-00.permall")), "the TPM kept no state");
    }

    @Test
    @Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
    void guestScriptRefusesAnUnknownOption() throws Exception {
        Completed run = script("qemu/run-guest.sh", "--bios");
        assertEquals(2, run.exitCode());
        assertEquals("run-guest.sh: unknown option --bios\n", run.stderr());
    }

    @Test
    void firstCommandIsAnsweredOverTcp() throws Exception {
        Completed run = script(
                        "tcp/first-command.sh", String.valueOf(PortPair.free().data()))
                .requireSuccess();
        assertTrue(run.stdout().matches("TPM2_GetRandom: [0-9a-f]{32}\n"), run::stdout);
    }

    @Test
    @Needs({TPM2_TOOLS, OPENSSL})
    void harnessGivesATestItsOwnTpmWithACertificate() throws Exception {
        String test = "tpm2_nvread 0x01c00002 | openssl x509 -inform der >" + directory + "/ek.pem;"
                + " openssl verify -partial_chain -CAfile ${TPM_ROOT_CERT%/*}/issuercert.pem " + directory + "/ek.pem;"
                + " dirname $TPM_ROOT_CERT; exit 3";
        Completed run = script("harness/with-tpm.sh", "bash", "-c", test);
        assertEquals(3, run.exitCode(), run::stderr);
        List<String> lines = run.stdout().lines().toList();
        assertEquals(directory + "/ek.pem: OK", lines.getFirst(), run::stderr);
        assertFalse(Files.exists(Path.of(lines.getLast())), "the TPM is still there");
    }

    @Test
    @Needs({LIBVIRT_CLIENTS, LIBXML2_UTILS})
    void libvirtAcceptsTheDomain() throws Exception {
        String domain = EXAMPLES.resolve("libvirt/domain.xml").toString();
        ChildProcess.run(directory, Map.of(), List.of("virt-xml-validate", domain, "domain"))
                .requireSuccess();
    }

    private Completed script(String name, String... arguments) throws Exception {
        Map<String, String> environment =
                Map.of("SWTPM", Swtpm.underTest().executable().toString());
        List<String> command = new ArrayList<>(List.of(EXAMPLES.resolve(name).toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.run(directory, environment, command);
    }
}
