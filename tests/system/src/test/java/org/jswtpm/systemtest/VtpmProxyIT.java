package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code swtpm chardev --vtpm-proxy} in a Linux that has no other TPM: in a QEMU guest, since it takes a module of the
 * kernel. The guest's processor is QEMU's smallest, so the distribution runs on less than it was built on.
 */
@Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
class VtpmProxyIT {
    /** Linux gives a TPM two seconds for its self-test, which a cold VM in an emulated processor may need. */
    private static final int ATTEMPTS = 3;

    /** TPM_GetCapability(TPM_CAP_VERSION). */
    private static final byte[] TPM12_GET_VERSION = HexFormat.of().parseHex("00c100000012000000650000000600000000");

    private static final String START = """
        b=/bin/busybox
        $b insmod %s
        $b ln -s $b /bin/sh
        $b mkdir /state
        %s chardev --vtpm-proxy %s --tpmstate dir=/state --pid file=/pid >/out 2>&1 &
        for i in $($b seq 200); do
            $b dmesg | $b grep "tpm0: Operation Timed out" && break
            [ -e /sys/class/tpm/tpm0/tpm_version_major ] && break
            $b sleep 0.1
        done
        $b cat /out /sys/class/tpm/tpm0/tpm_version_major
        """;

    private static final String STOP = """
        b=/bin/busybox
        $b cat /sys/class/tpm/tpm0/pcr-sha1/16
        $b kill $($b cat /pid)
        for i in $($b seq 200); do # not without end: a device that Linux has given up stays
            [ -e /pid ] || [ -e /dev/tpm0 ] || break
            $b sleep 0.1
        done
        $b cat /out | $b tail -n +3
        $b ls /state
        """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"--tpm2, 2", "'', 1"})
    void linuxUsesTheTpmThatTheProgramMakes(String version, String major) throws Exception {
        Path swtpm = Swtpm.underTest().executable();
        String kernel = LINUX_IMAGE.file().getFileName().toString().replaceFirst("vmlinuz-", "");
        Path module = Path.of("/lib/modules", kernel, "kernel/drivers/char/tpm/tpm_vtpm_proxy.ko");
        Guest guest = new Guest(directory, Firmware.SEABIOS)
                .tree(swtpm.getParent().getParent())
                .tree(module)
                .script("1.sh", START.formatted(module, swtpm, version))
                .command("2", version.isEmpty() ? TPM12_GET_VERSION : Tpm2Command.readClock())
                .script("3.sh", STOP);
        List<String> machine = List.of("-m", "1024", "-smp", "2");
        GuestReport report = guest.boot(machine);
        for (int i = 1; i < ATTEMPTS && output(guest, "1.sh").contains("Operation Timed out"); i++) {
            report = guest.boot(machine);
        }
        assumeFalse(
                output(guest, "1.sh").contains("Operation Timed out"),
                "an emulated processor of this machine is too slow for Linux, which waits two seconds for a self-test");
        String state = version.isEmpty() ? "tpm-00.permall" : "tpm2-00.permall";
        assertEquals("""
            New TPM device: /dev/tpm0 (major/minor = 10/224)
            swtpm: A new TPM was made: /state/%s: nothing is there.
            %s
            """.formatted(state, major), output(guest, "1.sh"));
        assertEquals(0, report.response("2").code());
        assertEquals("0".repeat(40) + "\n" + state + "\n", output(guest, "3.sh"));
    }

    private static String output(Guest guest, String script) throws Exception {
        return new String(GuestReport.outputs(guest.report(), script).getFirst(), StandardCharsets.UTF_8);
    }
}
