package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU_UTILS;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.Machine;
import org.jswtpm.systemtest.guest.Orders;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.tpm.Template;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guest comes back: from a snapshot, from its sleep, from a migration that failed, and to the directory that both ends
 * of a migration share. It was booted once and lies in a file, from where each test takes it up.
 */
@Needs({QEMU, QEMU_UTILS, SEABIOS, LINUX_IMAGE, BUSYBOX_STATIC})
class GuestReturnIT {
    private static final byte[] NO_AUTH = {};
    private static final int NV_INDEX = 0x01800001;
    private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "later".getBytes(StandardCharsets.US_ASCII);
    private static final int LOCKED = 9;
    private static final String OUTGOING = "release-lock-outgoing"; // as libvirt says it
    private static final String INCOMING = "incoming,release-lock-outgoing";
    private static final Duration LIMIT = Duration.ofSeconds(300);
    private static final List<String> WHAT_GUESTS_SEE = List.of("pcr", "log", "read", "hmac", "policy");

    @TempDir
    private static Path common;

    private static Path resting;

    @TempDir
    private Path directory;

    @BeforeAll
    static void boot() throws Exception {
        resting = common.resolve("guest");
        Path place = common.resolve("booted");
        try (Machine machine = Machine.start(place, Swtpm.underTest(), state(place), guest(place))) {
            machine.orders().awaitReady();
            for (String order : List.of("create", "start", "define", "write first", "extend", "extend log")) {
                succeeds(machine, order.replace(' ', '-'));
            }
            machine.qmp().migrateTo(resting);
            machine.quit();
        }
    }

    private static Guest guest(Path place) {
        byte[] digest = new byte[32];
        return new Guest(place, Firmware.SEABIOS)
                .onOrder("create", Tpm2Command.createPrimary(Tpm2Command.OWNER, NO_AUTH, Template.HMAC_SHA_256))
                .onOrder("hmac", Tpm2Command.hmac(Tpm2Command.FIRST_TRANSIENT, FIRST))
                .onOrder("flush", Tpm2Command.flushContext(Tpm2Command.FIRST_TRANSIENT))
                .onOrder("start", Tpm2Command.startPolicySession())
                .onOrder("restrict", Tpm2Command.policyOfSigning(Tpm2Command.FIRST_POLICY_SESSION))
                .onOrder("policy", Tpm2Command.policyGetDigest(Tpm2Command.FIRST_POLICY_SESSION))
                .onOrder("define", Tpm2Command.nvDefineSpace(NO_AUTH, NV_INDEX, FIRST.length))
                .onOrder("write-first", Tpm2Command.nvWrite(NV_INDEX, FIRST))
                .onOrder("write-second", Tpm2Command.nvWrite(NV_INDEX, SECOND))
                .onOrder("read", Tpm2Command.nvRead(NV_INDEX, FIRST.length))
                .onOrder("extend", Tpm2Command.pcrExtend(16, digest))
                .onOrder("pcr", Tpm2Command.pcrRead(16))
                .onOrder("extend-log", Tpm2Command.pcrExtend(10, digest))
                .onOrder("log", Tpm2Command.pcrRead(10))
                .onOrder("clock", Tpm2Command.readClock())
                .onOrder("sleep.sh", "echo mem >/sys/power/state".getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> state(Path directory, String... more) throws IOException {
        Path state = Files.createDirectories(directory.resolve("state"));
        List<String> options = new ArrayList<>(List.of("--tpm2", "--tpmstate", "dir=" + state));
        options.addAll(List.of(more));
        return options;
    }

    /** The guest that rests, with a daemon of its own. */
    private Machine wake(String name, List<String> swtpmOptions, String... options) throws Exception {
        Machine machine = await(name, swtpmOptions, options);
        machine.qmp().receive("exec:cat " + resting);
        machine.qmp().awaitEvent("RESUME");
        return machine;
    }

    /** A machine to which a guest will come. */
    private Machine await(String name, List<String> swtpmOptions, String... options) throws Exception {
        Path place = directory.resolve(name);
        List<String> all = new ArrayList<>(List.of("-incoming", "defer"));
        all.addAll(List.of(options));
        return Machine.start(place, Swtpm.underTest(), swtpmOptions, guest(place), all.toArray(String[]::new));
    }

    private static void succeeds(Machine machine, String order) throws IOException {
        assertEquals(0, machine.orders().run(order).code(), order);
    }

    private static List<String> seenBy(Machine machine) throws IOException {
        Orders orders = machine.orders();
        List<String> seen = new ArrayList<>();
        for (String order : WHAT_GUESTS_SEE) {
            seen.add(order + " " + orders.run(order).requireSuccess());
        }
        return seen;
    }

    @Test
    void snapshotBringsBackPcrsNvKeysAndSessions() throws Exception {
        List<String> image = List.of("/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", "disk", "1M");
        ChildProcess.run(directory, Map.of(), image).requireSuccess();
        String disk = "if=none,format=qcow2,file=" + directory.resolve("disk");
        try (Machine machine = wake("machine", state(directory), "-drive", disk)) {
            List<String> before = seenBy(machine);
            machine.qmp().saveSnapshot("one");
            for (String order : List.of("extend", "extend-log", "write-second", "restrict", "flush")) {
                succeeds(machine, order);
            }
            assertNotEquals(0, machine.orders().run("hmac").code(), "the key has been flushed");
            for (String order : List.of("pcr", "log", "read", "policy")) {
                String now = order + " " + machine.orders().run(order);
                assertNotEquals(before.get(WHAT_GUESTS_SEE.indexOf(order)), now);
            }

            machine.qmp().loadSnapshot("one");

            assertEquals(before, seenBy(machine));
            succeeds(machine, "restrict");
            machine.quit();
        }
        assertArrayEquals(FIRST, writtenTo(directory.resolve("state")));
    }

    private static byte[] writtenTo(Path state) throws Exception {
        try (RunningTpm tpm = RunningTpm.start(Swtpm.underTest(), state)) {
            TpmResponse response = tpm.execute(Tpm2Command.nvRead(NV_INDEX, FIRST.length));
            return TpmResponse.sized(response.parameters(0));
        }
    }

    @Test
    void guestThatSleptHasItsTpmAndItsPcrs() throws Exception {
        try (Machine machine = wake("machine", state(directory))) {
            String log = valueOf(machine.orders().run("log"));
            ByteBuffer before = machine.orders().run("clock").requireSuccess().parameters(0);

            machine.orders().begin("sleep.sh");
            machine.qmp().awaitEvent("SUSPEND");
            machine.qmp().wakeUp();
            machine.orders().awaitEnd("sleep.sh");

            assertEquals(log, valueOf(machine.orders().run("log")));
            ByteBuffer after = machine.orders().run("clock").requireSuccess().parameters(0);
            assertEquals(before.getInt(16), after.getInt(16), "resetCount");
            assertEquals(before.getInt(20) + 1, after.getInt(20), "restartCount");
            assertNotEquals(0, machine.orders().run("hmac").code(), "TPM2_Startup leaves no objects loaded");
            for (String order : List.of("create", "hmac", "read", "extend-log")) {
                succeeds(machine, order);
            }
            machine.quit();
        }
    }

    /** The only PCR in the response to TPM2_PCR_Read, which also counts the changes of all PCRs. */
    private static String valueOf(TpmResponse pcrRead) {
        ByteBuffer parameters = pcrRead.requireSuccess().parameters(0);
        return HexFormat.of().formatHex(TpmResponse.sized(parameters.position(4 + 10 + 4)));
    }

    @Test
    void guestGoesOnWhereItWasWhenItIsRefusedElsewhere() throws Exception {
        String key = "file=" + Files.writeString(directory.resolve("key"), "00112233445566778899aabbccddeeff");
        List<String> otherKey = state(directory.resolve("target"), "--migration-key", key.replace("key", "other"));
        Files.writeString(directory.resolve("other"), "ffeeddccbbaa99887766554433221100");
        try (Machine source = wake("source", state(directory, "--migration-key", key));
                Machine target = await("target", otherKey)) {
            List<String> before = seenBy(source);
            migrate(source, target);
            source.qmp().awaitMigration("failed");
            assertNotEquals(0, target.qemu().awaitExit(LIMIT), target.qemu()::describe);
            assertTrue(target.qemu().stderr().contains("tpm-emulator"), target.qemu()::describe);
            assertGoesOn(source, before);
        }
    }

    @Test
    void guestGoesOnWhereItWasWhenItsMigrationIsCancelled() throws Exception {
        try (Machine source = wake("source", state(directory));
                Machine target = await("target", state(directory.resolve("target")))) {
            List<String> before = seenBy(source);
            source.qmp().enable("pause-before-switchover");
            migrate(source, target);
            source.qmp().awaitMigration("pre-switchover");
            source.qmp().cancelMigration();
            source.qmp().awaitMigration("cancelled");
            assertGoesOn(source, before);
        }
    }

    @Test
    void guestGoesOnWithTheDirectoryThatBothEndsShare() throws Exception {
        try (Machine source = wake("source", state(directory, "--migration", OUTGOING));
                Machine target = await("target", state(directory, "--migration", INCOMING))) {
            List<String> before = seenBy(source);
            migrate(source, target);
            source.qmp().awaitMigration("completed");
            target.qmp().awaitEvent("RESUME");
            assertEquals(before, seenBy(target));
            assertLocked(directory.resolve("state"));

            succeeds(target, "write-second");
            byte[] written = Files.readAllBytes(directory.resolve("state/tpm2-00.permall"));
            source.quit();
            assertArrayEquals(written, Files.readAllBytes(directory.resolve("state/tpm2-00.permall")));

            try (Machine back = await("back", state(directory, "--migration", INCOMING))) {
                List<String> there = seenBy(target);
                migrate(target, back);
                target.qmp().awaitMigration("completed");
                back.qmp().awaitEvent("RESUME");
                assertEquals(there, seenBy(back));
                target.quit();
                back.quit();
            }
        }
        assertArrayEquals(SECOND, writtenTo(directory.resolve("state")));
    }

    /** The target has taken the TPM, and with it the lock, when it finds a device that it does not have. */
    @Test
    void sourceTakesTheSharedDirectoryBackWhenTheTargetFails() throws Exception {
        try (Machine source = wake("source", state(directory, "--migration", OUTGOING));
                Machine target =
                        await("target", state(directory, "--migration", INCOMING, "--terminate"), "-no-hpet")) {
            List<String> before = seenBy(source);
            FileTime written = Files.getLastModifiedTime(directory.resolve("state/tpm2-00.permall"));
            migrate(source, target);
            source.qmp().awaitMigration("failed");
            assertNotEquals(0, target.qemu().awaitExit(LIMIT), target.qemu()::describe);
            FileTime committed = Files.getLastModifiedTime(directory.resolve("state/tpm2-00.permall"));
            assertTrue(committed.compareTo(written) > 0, "the target has not committed the TPM");
            assertGoesOn(source, before);
        }
    }

    private void migrate(Machine source, Machine target) throws IOException {
        String uri = "unix:" + Files.createTempDirectory(directory, "way").resolve("socket");
        target.qmp().enable("return-path"); // by which the source learns that the target could not take the guest
        target.qmp().receive(uri);
        source.qmp().enable("return-path");
        source.qmp().migrate(uri);
    }

    private void assertGoesOn(Machine source, List<String> before) throws Exception {
        assertEquals(before, seenBy(source));
        assertLocked(directory.resolve("state"));
        succeeds(source, "write-second");
        source.quit();
        assertArrayEquals(SECOND, writtenTo(directory.resolve("state")));
    }

    /** No other daemon can start the TPM. */
    private void assertLocked(Path state) throws Exception {
        Path control = directory.resolve("another");
        List<String> options =
                List.of("socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + control);
        try (SwtpmProcess another = Swtpm.underTest().start(directory, new Endpoint.Unix(control), options);
                ControlChannel channel = another.control()) {
            assertEquals(LOCKED, channel.init());
        }
    }
}
