package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.eventlog.DigestAlgorithm;
import org.jswtpm.systemtest.eventlog.EventLog;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.guest.Machine;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Tpm12Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A QEMU guest with a TPM 1.2: what Linux sees of it, and what outlives a power cycle and a sleep. */
@Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
class Tpm12GuestIT {
    private static final int PCRS = 24;
    private static final int NV_INDEX = 0x00000010;
    private static final byte[] NV_DATA = {1, 2, 3, 5, 8, 13, 21, 34};
    private static final byte[] DIGEST = new byte[20];

    @TempDir
    private Path directory;

    @Test
    void seedCommandLinesStartAGuestWhoseTpmOutlivesPowerCyclesAndSleep() throws Exception {
        Path state = Files.createDirectory(directory.resolve("mytpm1"));

        bootByTheSeedCommandLines(state);

        Path place = Files.createDirectory(directory.resolve("second"));
        Guest guest = new Guest(place, Firmware.SEABIOS)
                .onOrder("sleep.sh", "echo mem >/sys/power/state".getBytes(StandardCharsets.US_ASCII))
                .onOrder("extend", Tpm12Command.extend(10, DIGEST))
                .onOrder("read", Tpm12Command.nvRead(NV_INDEX, NV_DATA.length));
        for (int pcr = 0; pcr < PCRS; pcr++) {
            guest.onOrder("pcr" + pcr, Tpm12Command.pcrRead(pcr));
        }
        try (Machine machine = Machine.start(place, Swtpm.underTest(), List.of("--tpmstate", "dir=" + state), guest)) {
            machine.orders().awaitReady();
            assertArrayEquals(NV_DATA, nvData(machine.orders().run("read")), "after a power cycle");
            machine.orders().run("extend").requireSuccess();
            List<String> pcrs = pcrs(machine);
            assertEquals(pcrs.get(8), pcrs.get(16), "PCR 16 is still extended");

            machine.orders().begin("sleep.sh");
            machine.qmp().awaitEvent("SUSPEND");
            machine.qmp().wakeUp();
            machine.orders().awaitEnd("sleep.sh");

            assertEquals(pcrs, pcrs(machine), "after a sleep");
            assertArrayEquals(NV_DATA, nvData(machine.orders().run("read")), "after a sleep");
            assertNotEquals(
                    pcrs.get(10),
                    machine.orders().run("extend").requireSuccess().toString());
            machine.quit();
        }
    }

    private void bootByTheSeedCommandLines(Path state) throws Exception {
        List<String> swtpmOptions =
                words("socket --tpmstate dir=%1$s --ctrl type=unixio,path=%1$s/swtpm-sock --log level=20", state);
        List<String> qemuOptions = words(
                "-chardev socket,id=chrtpm,path=%1$s/swtpm-sock"
                        + " -tpmdev emulator,id=tpm0,chardev=chrtpm -device tpm-tis,tpmdev=tpm0",
                state);
        Guest guest = new Guest(directory, Firmware.SEABIOS)
                .script("0-tcpa.sh", "/bin/busybox cat /sys/firmware/acpi/tables/TCPA")
                .script("1-pcrs.sh", "/bin/busybox cat /sys/class/tpm/tpm0/pcrs")
                .command("2-define", Tpm12Command.nvDefineSpace(NV_INDEX, NV_DATA.length))
                .command("3-write", Tpm12Command.nvWrite(NV_INDEX, NV_DATA))
                .command("4-extend", Tpm12Command.extend(16, DIGEST));

        Endpoint control = new Endpoint.Unix(state.resolve("swtpm-sock"));
        try (SwtpmProcess swtpm = Swtpm.underTest().start(directory, control, swtpmOptions)) {
            GuestReport report = guest.boot(qemuOptions);

            assertEquals("1", report.versionMajor());
            String driver = "tpm_tis 00:00: 1.2 TPM (device-id 0x1, rev-id 1)";
            assertTrue(
                    report.kernelLines().stream().anyMatch(line -> line.endsWith(driver)),
                    () -> "Linux says of its TPM: " + report.kernelLines());
            assertEquals("TCPA", text(guest, "0-tcpa.sh").substring(0, 4));
            assertEquals(PCRS, text(guest, "1-pcrs.sh").lines().count());
            assertLogReplays(report);
            for (String command : List.of("2-define", "3-write", "4-extend")) {
                assertEquals(0, report.response(command).code(), command);
            }
            assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
            assertTrue(Files.size(state.resolve("tpm-00.permall")) > 0);
        }
    }

    private static void assertLogReplays(GuestReport report) {
        EventLog log = EventLog.parseOfTpm12(report.eventLog());
        for (int pcr = 0; pcr <= 7; pcr++) {
            byte[] measured = report.pcr("sha1", pcr);
            assertArrayEquals(log.replay(DigestAlgorithm.SHA1, pcr), measured, "PCR " + pcr);
            assertTrue(ByteBuffer.wrap(measured).getLong() != 0, "the firmware left PCR " + pcr + " untouched");
        }
    }

    private static List<String> pcrs(Machine machine) throws Exception {
        List<String> pcrs = new ArrayList<>();
        for (int pcr = 0; pcr < PCRS; pcr++) {
            pcrs.add(machine.orders().run("pcr" + pcr).requireSuccess().toString());
        }
        return pcrs;
    }

    /** What is behind a 32-bit size. */
    private static byte[] nvData(TpmResponse read) {
        ByteBuffer parameters = read.requireSuccess().parameters(0);
        byte[] data = new byte[parameters.getInt()];
        parameters.get(data);
        return data;
    }

    private static String text(Guest guest, String script) throws Exception {
        return new String(GuestReport.outputs(guest.report(), script).getFirst(), StandardCharsets.ISO_8859_1);
    }

    private static List<String> words(String commandLine, Path state) {
        return List.of(commandLine.formatted(state).split(" "));
    }
}
