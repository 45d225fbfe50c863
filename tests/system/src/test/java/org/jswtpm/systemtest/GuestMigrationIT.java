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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.guest.Machine;
import org.jswtpm.systemtest.guest.Orders;
import org.jswtpm.systemtest.guest.Qmp;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Tpm12Command;
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
    private static final Duration LIMIT = Duration.ofSeconds(300);
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

    @Test
    void tpm12GoesAlong() throws Exception {
        Path booted = directory.resolve("booted");
        Path afterwards = directory.resolve("afterwards");
        List<String> values = new ArrayList<>();
        try (Machine machine = withTpm12("first", Swtpm.underTest())) {
            machine.orders().awaitReady();
            values.add(machine.orders().run("extend").requireSuccess().toString());
            machine.qmp().migrateTo(booted);
            machine.quit();
        }
        try (Machine machine = withTpm12("second", Swtpm.reference(), "-incoming", "defer")) {
            values.addAll(goOn(machine, booted));
            machine.qmp().migrateTo(afterwards);
            machine.quit();
        }
        try (Machine machine = withTpm12("third", Swtpm.underTest(), "-incoming", "defer")) {
            values.addAll(goOn(machine, afterwards));
            machine.quit();
        }
        assertEquals(values.get(0), values.get(1), "on the way to swtpm");
        assertEquals(values.get(2), values.get(3), "on the way back");
        assertEquals(3, Set.copyOf(values).size(), values::toString);
    }

    private Machine withTpm12(String name, Swtpm program, String... options) throws Exception {
        Path place = directory.resolve(name);
        Path state = Files.createDirectories(place.resolve("state"));
        Guest guest = new Guest(place, Firmware.SEABIOS)
                .onOrder("extend", Tpm12Command.extend(10, new byte[20])) // both answer the value of the PCR
                .onOrder("read", Tpm12Command.pcrRead(10));
        return Machine.start(place, program, List.of("--tpmstate", "dir=" + state), guest, options);
    }

    /** What PCR 10 is when the guest has come, and what it is one extension later. */
    private static List<String> goOn(Machine machine, Path from) throws Exception {
        machine.qmp().receive("exec:cat " + from);
        machine.qmp().awaitEvent("RESUME");
        Orders orders = machine.orders();
        return List.of(
                orders.run("read").requireSuccess().toString(),
                orders.run("extend").requireSuccess().toString());
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
