package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BUSYBOX_STATIC;
import static org.jswtpm.systemtest.environment.DebianPackage.LIBVIRT_CLIENTS;
import static org.jswtpm.systemtest.environment.DebianPackage.LIBVIRT_DAEMON_SYSTEM;
import static org.jswtpm.systemtest.environment.DebianPackage.LIBVIRT_DRIVER_QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.LINUX_IMAGE;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.QEMU_UTILS;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.jswtpm.systemtest.environment.DebianPackage.TPM2_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.systemtest.environment.Namespaces;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.Firmware;
import org.jswtpm.systemtest.guest.Guest;
import org.jswtpm.systemtest.guest.GuestReport;
import org.jswtpm.systemtest.libvirt.Domain;
import org.jswtpm.systemtest.libvirt.LibvirtHost;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests of a libvirt in system mode on a host that has our Debian package in the place of swtpm's. */
@Needs({
    QEMU,
    QEMU_UTILS,
    SEABIOS,
    LINUX_IMAGE,
    BUSYBOX_STATIC,
    TPM2_TOOLS,
    SWTPM_TOOLS,
    LIBVIRT_CLIENTS,
    LIBVIRT_DAEMON_SYSTEM,
    LIBVIRT_DRIVER_QEMU
})
class LibvirtIT {
    private static final Duration LIMIT = Duration.ofSeconds(300);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final byte[] DIGEST = new byte[32];
    private static final String CERTIFICATE = "0-certificate.sh";
    private static final String EXTEND = "1-extend-again";
    private static final String READ = "2-read-again";
    private static final String CA = "/var/lib/swtpm-localca/";

    @TempDir
    private static Path directory;

    private static LibvirtHost libvirt;

    @BeforeAll
    static void startLibvirt() throws Exception {
        assumeTrue(
                (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "libvirt's system mode needs root");
        Optional<String> obstacle = Namespaces.obstacle(directory.resolve("namespaces"));
        assumeTrue(obstacle.isEmpty(), () -> "no namespaces can be made here: " + obstacle.orElseThrow());
        // QEMU runs as another user
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        libvirt = LibvirtHost.start(directory);
    }

    @AfterAll
    static void stopLibvirt() throws Exception {
        if (libvirt != null) {
            libvirt.close();
        }
    }

    @Test
    void capabilitiesOfferBothVersions() throws Exception {
        String capabilities = libvirt.virsh("domcapabilities", "--virttype", "qemu", "--machine", "q35");
        String tpm = capabilities.substring(capabilities.indexOf("<tpm "), capabilities.indexOf("</tpm>"));
        for (String value : List.of("emulator", "1.2", "2.0", "tpm-crb")) {
            assertTrue(tpm.contains("<value>" + value + "</value>"), tpm);
        }
    }

    @Test
    void guestReadsItsCertificateAndItsTpmIsSavedRestoredAndReverted() throws Exception {
        Path place = place("moving");
        Path disk = place.resolve("disk.qcow2");
        ChildProcess.run(place, Map.of(), List.of("qemu-img", "create", "-f", "qcow2", disk.toString(), "1M"))
                .requireSuccess();
        Guest guest = new Guest(place, Firmware.SEABIOS)
                .program(Path.of("/usr/bin/tpm2"))
                .program(Path.of("/usr/lib/x86_64-linux-gnu/libtss2-tcti-device.so.0"))
                .script(CERTIFICATE, "/usr/bin/tpm2 getekcertificate -T device:/dev/tpm0 -o /ek >&2; $b cat /ek")
                .command(EXTEND, Tpm2Command.pcrExtend(16, DIGEST))
                .command(READ, Tpm2Command.pcrRead(16));
        guest.writeInitramfs();
        Domain domain =
                Domain.linux("moving", place, Guest.KERNEL_PARAMETERS, Domain.disk(disk) + tpm("tpm-crb", "2.0", ""));
        libvirt.define(domain);

        libvirt.virsh("start", "moving");
        awaitReads(guest, 2);
        assertIssuedByTheLocalCa(
                place, GuestReport.outputs(guest.report(), CERTIFICATE).getFirst());

        libvirt.virsh("save", "moving", "/run/saved");
        libvirt.virsh("restore", "/run/saved");
        awaitReads(guest, reads(guest).size() + 2);

        int before = reads(guest).size();
        libvirt.virsh("snapshot-create-as", "moving", "one");
        int after = reads(guest).size();
        awaitReads(guest, after + 3);
        libvirt.virsh("snapshot-revert", "moving", "one");
        awaitReads(guest, reads(guest).size() + 3);
        libvirt.virsh("destroy", "moving");

        assertContinuous(reads(guest), before, after);
        assertTrue(Files.exists(libvirt.tpmState(domain)));
        libvirt.virsh("undefine", "moving", "--snapshots-metadata");
        assertFalse(Files.exists(libvirt.tpmState(domain)));
    }

    @Test
    void stateIsEncryptedWithTheSecretAndHasTheChosenBanks() throws Exception {
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "a secret phrase");
        Path description = Files.writeString(
                directory.resolve("secret.xml"),
                "<secret ephemeral='no' private='yes'><uuid>6dd3e4a5-1d76-44ce-961f-f119f5aad935</uuid>"
                        + "<usage type='vtpm'><name>encrypted</name></usage></secret>");
        libvirt.virsh("secret-define", description.toString());
        libvirt.virsh(
                "secret-set-value", "6dd3e4a5-1d76-44ce-961f-f119f5aad935", "--plain", "--file", passphrase.toString());
        Domain domain = Domain.without(
                "encrypted",
                tpm(
                        "tpm-crb",
                        "2.0",
                        "<encryption secret='6dd3e4a5-1d76-44ce-961f-f119f5aad935'/>"
                                + "<active_pcr_banks><sha256/><sha512/></active_pcr_banks>"));
        libvirt.define(domain);
        for (int i = 0; i < 2; i++) {
            libvirt.virsh("start", "encrypted");
            libvirt.virsh("destroy", "encrypted");
        }

        Path state = libvirt.tpmState(domain).resolve("tpm2");
        try (SwtpmProcess swtpm = start(state);
                ControlChannel control = swtpm.control()) {
            assertNotEquals(0, control.init(), "CMD_INIT without the key");
        }
        try (SwtpmProcess swtpm = start(state, "--key", "mode=aes-256-cbc,pwdfile=" + passphrase);
                ControlChannel control = swtpm.control();
                TpmChannel tpm = control.openDataChannel()) {
            assertEquals(0, control.init(), () -> "CMD_INIT" + swtpm.process().describe());
            tpm.transmit(Tpm2Command.startupClear()).requireSuccess();
            // TPM_ALG_SHA256 and TPM_ALG_SHA512
            assertEquals(List.of(0x000B, 0x000D), activeBanks(tpm.transmit(Tpm2Command.pcrBanks())));
        }
        libvirt.virsh("undefine", "encrypted");
        assertFalse(Files.exists(libvirt.tpmState(domain)));
    }

    @Test
    void guestHasATpm12() throws Exception {
        Path place = place("older");
        // TPM_GetCapability(TPM_CAP_VERSION): nobody but the owner reads the certificates of a TPM 1.2
        Guest guest = new Guest(place, Firmware.SEABIOS)
                .command("0-version", HexFormat.of().parseHex("00c100000012000000650000000600000000"));
        guest.writeInitramfs();
        Domain domain = Domain.linux("older", place, Guest.KERNEL_PARAMETERS, tpm("tpm-tis", "1.2", ""));
        libvirt.define(domain);
        libvirt.virsh("start", "older");
        awaitEnd("older");

        GuestReport report = GuestReport.parse(guest.report());
        assertEquals("1", report.versionMajor());
        assertEquals("01010000", report.response("0-version").toString().substring(2 * 14));
        libvirt.virsh("undefine", "older", "--keep-tpm");
        assertTrue(Files.exists(libvirt.tpmState(domain)));
    }

    private static Path place(String name) throws Exception {
        Path place = Files.createDirectory(directory.resolve(name));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(LINUX_IMAGE.file(), place.resolve("vmlinuz")); // libvirt gives it to QEMU's user
        return place;
    }

    private static String tpm(String model, String version, String more) {
        return "<tpm model='" + model + "'><backend type='emulator' version='" + version + "'>" + more
                + "</backend></tpm>";
    }

    private static SwtpmProcess start(Path state, String... options) throws Exception {
        Path socket = directory.resolve("swtpm-sock");
        List<String> words = new ArrayList<>(
                List.of("socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + socket));
        words.addAll(List.of(options));
        return Swtpm.underTest().start(directory, new Endpoint.Unix(socket), words);
    }

    private static List<Integer> activeBanks(TpmResponse response) {
        ByteBuffer parameters = response.requireSuccess().parameters(0);
        parameters.position(1 + 4); // moreData, capability
        List<Integer> active = new ArrayList<>();
        for (int count = parameters.getInt(); count > 0; count--) {
            int algorithm = Short.toUnsignedInt(parameters.getShort());
            byte[] selection = new byte[parameters.get()];
            parameters.get(selection);
            if (selection[0] != 0) {
                active.add(algorithm);
            }
        }
        return active;
    }

    /** What the guest has read of PCR 16 each time. */
    private static List<byte[]> reads(Guest guest) throws Exception {
        List<byte[]> values = new ArrayList<>();
        for (TpmResponse read : GuestReport.responses(guest.report(), READ)) {
            ByteBuffer parameters = read.requireSuccess().parameters(0);
            parameters.position(4 + 10 + 4); // update counter, selection, count of digests
            values.add(TpmResponse.sized(parameters));
        }
        return values;
    }

    private static void awaitReads(Guest guest, int count) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (reads(guest).size() < count) {
            libvirt.requireRunning(RETRY, deadline);
        }
    }

    private static void awaitEnd(String domain) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!libvirt.virsh("domstate", domain).strip().equals("shut off")) {
            libvirt.requireRunning(RETRY, deadline);
        }
    }

    /** Each value extends the one before it, but for the one after the guest went back to its snapshot. */
    private static void assertContinuous(List<byte[]> reads, int leastBefore, int mostBefore) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] pcr = new byte[32];
        List<Integer> returns = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            sha256.update(pcr);
            if (!Arrays.equals(sha256.digest(DIGEST), reads.get(i))) {
                returns.add(indexOf(reads, reads.get(i)));
            }
            pcr = reads.get(i);
        }
        assertEquals(1, returns.size(), "how often the PCR did not go on");
        int at = returns.getFirst();
        assertTrue(leastBefore <= at && at <= mostBefore, () -> "went on behind read " + at);
    }

    private static int indexOf(List<byte[]> reads, byte[] value) {
        int index = 0;
        while (!Arrays.equals(reads.get(index), value)) {
            index++;
        }
        return index;
    }

    private static void assertIssuedByTheLocalCa(Path place, byte[] certificate) throws Exception {
        Path der = Files.write(place.resolve("ek.der"), certificate);
        Path pem = place.resolve("ek.pem");
        ChildProcess.run(
                        place,
                        Map.of(),
                        List.of("openssl", "x509", "-inform", "der", "-in", der.toString(), "-out", pem.toString()))
                .requireSuccess();
        String root = libvirt.path(CA + "swtpm-localca-rootca-cert.pem").toString();
        String issuer = libvirt.path(CA + "issuercert.pem").toString();
        ChildProcess.run(
                        place,
                        Map.of(),
                        List.of("openssl", "verify", "-CAfile", root, "-untrusted", issuer, pem.toString()))
                .requireSuccess();
    }
}
