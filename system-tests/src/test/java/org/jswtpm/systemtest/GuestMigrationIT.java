package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.guest.Qmp;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that extends a PCR without end while it moves from QEMU to QEMU, and its TPM from daemon to daemon. */
@Needs({QEMU, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC, SWTPM})
class GuestMigrationIT {
    private static final String EXTEND = "0-extend-again";
    private static final String READ = "1-read-again";
    private static final byte[] DIGEST = new byte[32];
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration RETRY = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    private String written = "";

    @Test
    void noExtensionIsLostOnTheWayBetweenJswtpmAndSwtpm() throws Exception {
        Swtpm ours = Swtpm.underTest();
        Path first = stay("first", ours, null);
        Path second = stay("second", ours, first);
        Path third = stay("third", Swtpm.reference(), second);
        stay("fourth", ours, third);

        byte[] pcr = new byte[32];
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        List<TpmResponse> reads = GuestReport.responses(written, READ);
        assertTrue(reads.size() >= 8, written);
        for (TpmResponse read : reads) {
            sha256.update(pcr);
            pcr = sha256.digest(DIGEST);
            assertArrayEquals(pcr, pcrValue(read));
        }
    }

    /** One QEMU and one daemon: until the guest has extended twice; gives the file into which it went then. */
    private Path stay(String name, Swtpm program, Path from) throws Exception {
        Path place = Files.createDirectories(directory.resolve(name));
        Path state = Files.createDirectories(place.resolve("state"));
        Path target = place.resolve("guest");
        Guest guest = new Guest(place, Firmware.SEABIOS)
                .command(EXTEND, Tpm2Command.pcrExtend(16, DIGEST))
                .command(READ, Tpm2Command.pcrRead(16));
        String[] options = from == null
                ? new String[] {"-qmp", "unix:qmp,server=on,wait=off"}
                : new String[] {"-qmp", "unix:qmp,server=on,wait=off", "-incoming", "exec:cat " + from};
        try (SwtpmProcess swtpm = program.start(state);
                ChildProcess qemu = guest.start(state.resolve("swtpm-sock"), options);
                Qmp qmp = Qmp.connect(qemu, place.resolve("qmp"))) {
            awaitReads(guest, qemu);
            qmp.migrateTo(target);
            written += guest.report();
            qmp.quit();
            assertEquals(0, qemu.awaitExit(LIMIT), qemu::describe);
            assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
        }
        return target;
    }

    private static void awaitReads(Guest guest, ChildProcess qemu) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (GuestReport.responses(guest.report(), READ).size() < 2) {
            if (qemu.endsWithin(RETRY) || System.nanoTime() - deadline > 0) {
                throw new AssertionError("the guest does not go on: " + guest.report() + qemu.describe());
            }
        }
    }

    private static byte[] pcrValue(TpmResponse pcrRead) {
        ByteBuffer parameters = pcrRead.requireSuccess().parameters(0);
        parameters.position(4 + 10 + 4); // update counter, selection, count of digests
        return TpmResponse.sized(parameters);
    }
}
