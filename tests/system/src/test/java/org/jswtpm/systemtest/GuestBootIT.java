package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.OVMF;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.eventlog.DigestAlgorithm;
import org.jswtpm.systemtest.eventlog.EventLog;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.guest.TpmDevice;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Template;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QEMU guests whose firmware measures into the TPM and whose Linux uses it. */
@Needs({QEMU, SEABIOS, OVMF, LINUX_IMAGE, BUSYBOX_STATIC})
class GuestBootIT {
    private static final byte[] OWNER_AUTH = {};
    private static final int PERSISTENT = 0x81000001;
    private static final int NV_INDEX = 0x01800001;
    private static final byte[] NV_DATA = {1, 2, 3, 5, 8, 13, 21, 34};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"SEABIOS, TPM_TIS", "SEABIOS, TPM_CRB", "OVMF, TPM_TIS", "OVMF, TPM_CRB"})
    void eventLogReplaysToThePcrs(Firmware firmware, TpmDevice device) throws Exception {
        GuestReport report = boot(new Guest(directory, firmware), device);

        assertEquals("2", report.versionMajor());
        String driver = device == TpmDevice.TPM_TIS ? "tpm_tis" : "tpm_crb";
        assertTrue(
                report.kernelLines().stream().anyMatch(line -> line.contains(driver + " MSFT0101:00")),
                () -> "Linux says of its TPM: " + report.kernelLines());
        assertLogReplays(report);
    }

    @Test
    void seedCommandLinesStartAGuestWithATpm() throws Exception {
        Path state = directory.resolve("mytpm1");
        Files.createDirectory(state);
        List<String> swtpmOptions = words(
                "socket --tpm2 --tpmstate dir=%1$s --ctrl type=unixio,path=%1$s/swtpm-sock" + " --log level=20", state);
        List<String> qemuOptions = words(
                "-chardev socket,id=chrtpm,path=%1$s/swtpm-sock"
                        + " -tpmdev emulator,id=tpm0,chardev=chrtpm -device tpm-tis,tpmdev=tpm0",
                state);

        Endpoint control = new Endpoint.Unix(state.resolve("swtpm-sock"));
        try (SwtpmProcess swtpm = Swtpm.underTest().start(directory, control, swtpmOptions)) {
            GuestReport report = new Guest(directory, Firmware.SEABIOS).boot(qemuOptions);

            assertEquals("2", report.versionMajor());
            assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
            assertTrue(Files.size(state.resolve("tpm2-00.permall")) > 0);
        }
    }

    @Test
    void keysAndNvIndicesOutliveAPowerCycleAndPcr16DoesNot() throws Exception {
        byte[] digest = new byte[32];
        digest[0] = 0x5a;
        GuestReport first = boot(
                new Guest(directory, Firmware.SEABIOS)
                        .command(
                                "0-create",
                                Tpm2Command.createPrimary(Tpm2Command.OWNER, OWNER_AUTH, Template.SRK_ECC_P256))
                        .command(
                                "1-evict",
                                Tpm2Command.evictControl(OWNER_AUTH, Tpm2Command.FIRST_TRANSIENT, PERSISTENT))
                        .command("2-key", Tpm2Command.readPublic(PERSISTENT))
                        .command("3-define", Tpm2Command.nvDefineSpace(OWNER_AUTH, NV_INDEX, NV_DATA.length))
                        .command("4-write", Tpm2Command.nvWrite(NV_INDEX, NV_DATA))
                        .command("5-extend", Tpm2Command.pcrExtend(16, digest))
                        .command("6-pcr16", Tpm2Command.pcrRead(16)),
                TpmDevice.TPM_TIS);
        for (String command : List.of("0-create", "1-evict", "2-key", "3-define", "4-write", "5-extend", "6-pcr16")) {
            assertEquals(0, first.response(command).code(), command);
        }
        assertTrue(isMeasured(pcrValue(first.response("6-pcr16"))));

        GuestReport second = boot(
                new Guest(directory, Firmware.SEABIOS)
                        .command("0-key", Tpm2Command.readPublic(PERSISTENT))
                        .command("1-read", Tpm2Command.nvRead(NV_INDEX, NV_DATA.length))
                        .command("2-pcr16", Tpm2Command.pcrRead(16)),
                TpmDevice.TPM_TIS);

        assertEquals(
                first.response("2-key").toString(), second.response("0-key").toString());
        assertArrayEquals(NV_DATA, TpmResponse.sized(second.response("1-read").parameters(0)));
        assertFalse(isMeasured(pcrValue(second.response("2-pcr16"))));
        for (DigestAlgorithm bank : DigestAlgorithm.values()) {
            assertArrayEquals(new byte[bank.size()], second.pcr(bank.bankName(), 16));
        }
    }

    @Test
    void firmwareMeasuresAnewWhenTheGuestReboots() throws Exception {
        byte[] digest = new byte[32];
        digest[0] = 0x5a;
        Guest guest = new Guest(directory, Firmware.SEABIOS)
                .command("0-index-or-reboot", Tpm2Command.nvReadPublic(NV_INDEX))
                .command("1-define", Tpm2Command.nvDefineSpace(OWNER_AUTH, NV_INDEX, NV_DATA.length))
                .command("2-extend", Tpm2Command.pcrExtend(16, digest));

        GuestReport report = boot(guest, TpmDevice.TPM_CRB);

        assertEquals(2, report.boots());
        assertLogReplays(report);
        assertArrayEquals(new byte[32], report.pcr("sha256", 16), "PCR 16 has outlived the reset");
    }

    private GuestReport boot(Guest guest, TpmDevice device) throws Exception {
        Path state = Files.createDirectories(directory.resolve("state"));
        try (SwtpmProcess swtpm = Swtpm.underTest().start(state)) {
            GuestReport report = guest.boot(device, state.resolve("swtpm-sock"));
            assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
            return report;
        }
    }

    private static void assertLogReplays(GuestReport report) {
        assertEquals(List.of("sha1", "sha256", "sha384", "sha512"), report.banks());
        EventLog log = EventLog.parse(report.eventLog());
        for (DigestAlgorithm bank : DigestAlgorithm.values()) {
            assertTrue(log.banks().contains(bank), () -> bank + " is not in the log");
            for (int pcr = 0; pcr <= 7; pcr++) {
                byte[] measured = report.pcr(bank.bankName(), pcr);
                assertArrayEquals(log.replay(bank, pcr), measured, "PCR " + pcr + " of " + bank);
                assertTrue(isMeasured(measured), "the firmware left PCR " + pcr + " of " + bank + " untouched");
            }
        }
    }

    private static boolean isMeasured(byte[] pcr) {
        for (byte octet : pcr) {
            if (octet != 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[] pcrValue(TpmResponse pcrRead) {
        ByteBuffer parameters = pcrRead.requireSuccess().parameters(0);
        parameters.position(4 + 10 + 4); // update counter, selection, count of digests
        return TpmResponse.sized(parameters);
    }

    private static List<String> words(String commandLine, Path state) {
        return List.of(commandLine.formatted(state).split(" "));
    }
}
