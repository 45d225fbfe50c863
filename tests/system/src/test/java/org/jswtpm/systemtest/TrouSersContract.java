package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.TPM_TOOLS;
import static org.jswtpm.systemtest.environment.DebianPackage.TROUSERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TrouSerS and the tpm-tools see of a swtpm with a TPM 1.2; a subclass says of which. */
@Needs({TROUSERS, TPM_TOOLS})
abstract class TrouSersContract {
    private static final String AUTHFAIL = tpm(0x01);
    private static final String CLEAR_DISABLED = tpm(0x05);
    private static final String DEACTIVATED = tpm(0x06);
    private static final String DISABLED = tpm(0x07);
    private static final String DISABLED_CMD = tpm(0x08);
    private static final String INSTALL_DISABLED = tpm(0x0B);
    private static final String NOSPACE = tpm(0x11);
    private static final String WRONGPCRVAL = tpm(0x18);
    private static final String NO_ENDORSEMENT = tpm(0x23);
    private static final String BAD_PRESENCE = tpm(0x2D);
    private static final String AUTH_CONFLICT = tpm(0x3B);
    private static final String AREA_LOCKED = tpm(0x3C);
    private static final String NOT_FULLWRITE = tpm(0x46);
    private static final String DEFEND_LOCK_RUNNING = tpm(0x803);
    private static final String NO_TPM_AREA = "0x0000313c - layer=tsp";
    private static final int DRTM = 17;

    @TempDir
    private Path directory;

    private PortPair ports;
    private SwtpmProcess swtpm;
    private TrouSers trouSers;

    abstract Swtpm program();

    @BeforeEach
    void start() throws Exception {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can start tcsd");
        ports = PortPair.free();
        Path state = Files.createDirectory(directory.resolve("state"));
        List<String> options = List.of(
                "socket",
                "--tpmstate",
                "dir=" + state,
                "--server",
                "type=tcp,port=" + ports.data(),
                "--ctrl",
                "type=tcp,port=" + ports.control(),
                "--flags",
                "not-need-init");
        swtpm = program().start(directory, new Endpoint.Tcp(ports.control()), options);
        firmware();
        trouSers = TrouSers.start(directory, ports.data());
    }

    @AfterEach
    void stop() throws Exception {
        if (trouSers != null) {
            trouSers.close();
        }
        if (swtpm != null) {
            swtpm.close();
        }
    }

    /** What firmware does with a TPM before TrouSerS comes. */
    private void firmware(String... options) throws Exception {
        List<String> bios = new ArrayList<>(
                List.of(program().executable().resolveSibling("swtpm_bios").toString()));
        bios.addAll(List.of(options));
        ChildProcess.run(directory, TrouSers.tpmAt(ports.data()), bios).requireSuccess();
    }

    private void restart() throws Exception {
        trouSers.close();
        try (ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
        }
        firmware();
        trouSers = TrouSers.start(directory, ports.data());
    }

    private String runs(String commandLine, String... passwords) throws Exception {
        Completed run = trouSers.run(commandLine, passwords).requireSuccess();
        return run.stdout() + run.stderr();
    }

    private void says(String text, String commandLine, String... passwords) throws Exception {
        String said = runs(commandLine, passwords);
        assertTrue(said.contains(text), () -> "no \"" + text + "\" in: " + said);
    }

    private void refuses(String reason, String commandLine, String... passwords) throws Exception {
        Completed run = trouSers.run(commandLine, passwords);
        assertNotEquals(0, run.exitCode(), commandLine);
        assertTrue(run.stderr().contains(reason), () -> "no \"" + reason + "\" in: " + run.stderr());
    }

    private static String tpm(int resultCode) {
        return "0x%08x - layer=tpm".formatted(resultCode);
    }

    private void takeOwnership() throws Exception {
        runs("createek");
        runs("takeownership", "own", "own", "srk", "srk");
    }

    private void enable() throws Exception {
        runs("setenable --enable --force");
        runs("setactive --active");
        restart();
    }

    @Test
    void endorsementKeyIsCreatedRevokedAndRead() throws Exception {
        says("TPM Test Results:", "selftest");
        says("TPM Test Results:", "selftest --results");
        String version = runs("version");
        assertTrue(version.contains("TPM 1.2 Version Info:"), version);
        assertTrue(version.contains("TPM Vendor ID:       IBM"), version);
        refuses(NO_ENDORSEMENT, "getpubek");

        runs("createek --revocable --generate-secret --outfile secret");
        String first = runs("getpubek");
        assertTrue(first.contains("Key Size:          2048 bits"), first);
        Files.write(directory.resolve("other"), new byte[20]);
        refuses(AUTHFAIL, "revokeek --infile other");
        runs("revokeek --infile secret");
        refuses(DISABLED, "getpubek");

        restart();
        enable();
        refuses(NO_ENDORSEMENT, "getpubek");
        runs("createek");
        String second = runs("getpubek");
        assertNotEquals(first, second);
        refuses(DISABLED_CMD, "createek");
        runs("takeownership --owner-well-known --srk-well-known");
        assertTrue(runs("getpubek --well-known").contains(second), "it is for the owner now");
        refuses(AUTHFAIL, "getpubek", "bad");
    }

    @Test
    void ownerChangesSecretsAndWhatOthersSee() throws Exception {
        takeOwnership();
        says("readable by: owner", "restrictpubek --status", "own");
        runs("restrictpubek --restrict", "own");
        says("readable with: owner auth", "restrictsrk --status", "own");
        runs("restrictsrk --allow", "own");
        says("readable with: SRK auth", "restrictsrk --status", "own");
        runs("restrictsrk --restrict", "own");

        runs("changeownerauth --owner --srk", "own", "srk2", "srk2", "own2", "own2");
        refuses(AUTHFAIL, "restrictsrk --status", "own");
        says("readable with: owner auth", "restrictsrk --status", "own2");
        refuses(AUTHFAIL, "changeownerauth --srk", "own", "srk3", "srk3");
        Files.writeString(directory.resolve("data"), "data");
        refuses(AUTHFAIL, "sealdata --infile data --outfile sealed", "srk");
        runs("sealdata --infile data --outfile sealed", "srk2");

        String refusal = "";
        for (int tries = 0; !refusal.contains(DEFEND_LOCK_RUNNING); tries++) {
            assertTrue(tries < 50, refusal);
            refusal = trouSers.run("restrictsrk --status", "bad").stderr();
        }
        runs("resetdalock", "own2");
        refuses(AUTHFAIL, "restrictsrk --status", "bad");
        says("readable with: owner auth", "restrictsrk --status", "own2");
    }

    @Test
    void ownershipIsPreventedAndCleared() throws Exception {
        runs("createek");
        runs("setownable --prevent");
        refuses(INSTALL_DISABLED, "takeownership --owner-well-known --srk-well-known");
        runs("setownable --allow");
        runs("takeownership --owner-well-known --srk-well-known");
        says("Ownable status: true", "setownable --status --well-known");

        refuses(AUTHFAIL, "clear", "bad");
        says("Cleared", "clear --well-known");
        refuses(DISABLED, "getpubek");
        restart();
        refuses(DEACTIVATED, "takeownership --owner-well-known --srk-well-known");
        enable();
        runs("takeownership --owner-well-known --srk-well-known");

        runs("setclearable --owner --well-known");
        refuses(CLEAR_DISABLED, "clear --well-known");
        runs("setclearable --force --well-known");
        String clearable = runs("setclearable --status --well-known");
        assertTrue(clearable.contains("Owner Clear Disabled: true\nForce Clear Disabled: true"), clearable);
        refuses(CLEAR_DISABLED, "clear --force");
        restart();
        says("Cleared", "clear --force");
    }

    @Test
    void switchesAreForTheOwnerAndThoseWhoArePresent() throws Exception {
        takeOwnership();
        says("Physical Presence: true", "setpresence --status", "own");
        says("Disabled status: false", "setenable --status", "own");
        runs("setenable --disable", "own");
        refuses(DISABLED, "setenable --status", "own");
        runs("setenable --enable", "own");
        says("Persistent Deactivated Status: false\nVolatile Deactivated Status: false", "setactive --status", "own");

        runs("setoperatorauth", "op", "op");
        runs("setactive --inactive --temp");
        refuses(DEACTIVATED, "setactive --status", "own");
        restart();
        says("Volatile Deactivated Status: false", "setactive --status", "own");
        runs("setactive --inactive");
        restart();
        refuses(DEACTIVATED, "setactive --status", "own");
        runs("setactive --active");
        restart();
        says("Volatile Deactivated Status: false", "setactive --status", "own");

        trouSers.close();
        firmware("-n", "-u"); // ends the physical presence
        trouSers = TrouSers.start(directory, ports.data());
        says("Physical Presence: false", "setpresence --status", "own");
        refuses(BAD_PRESENCE, "setactive --inactive");
        refuses(BAD_PRESENCE, "clear --force");
        refuses(BAD_PRESENCE, "setactive --inactive --temp", "op");
        runs("setenable --disable", "own");
        runs("setenable --enable", "own");
    }

    @Test
    void dataIsSealedToTheStorageKeyAndToPcrs() throws Exception {
        takeOwnership();
        byte[] data = new byte[3000];
        new Random(1).nextBytes(data);
        Files.write(directory.resolve("data"), data);

        runs("sealdata --infile data --outfile sealed", "srk");
        runs("unsealdata --infile sealed --outfile unsealed", "srk");
        assertArrayEquals(data, Files.readAllBytes(directory.resolve("unsealed")));
        assertEquals(1, unseal("sealed", "bad"), "TPM_AUTHFAIL");

        runs("sealdata --infile data --outfile bound --pcr 0 --pcr " + DRTM, "srk");
        runs("unsealdata --infile bound --outfile unsealed2", "srk");
        assertArrayEquals(data, Files.readAllBytes(directory.resolve("unsealed2")));
        runs("nvdefine -i 0xffffffff -s 0"); // from now on areas are protected
        runs("nvdefine -i 0x10 -s 4 -p OWNERREAD|OWNERWRITE --pwdo=own --rpcrs=" + DRTM);
        runs("nvwrite -i 0x10 -d data --password=own");
        runs("nvread -i 0x10 --password=own");
        measure();
        assertEquals(0x18, unseal("bound", "srk"), "TPM_WRONGPCRVAL");
        refuses(WRONGPCRVAL, "nvread -i 0x10 --password=own");

        restart();
        assertEquals(0, unseal("bound", "srk"));
        runs("nvread -i 0x10 --password=own");
    }

    private int unseal(String file, String password) throws Exception {
        return trouSers.run("unsealdata --infile " + file, password).exitCode();
    }

    /** A dynamic measurement, by the control channel. */
    private void measure() throws Exception {
        try (ControlChannel control = swtpm.control()) {
            control.measure("measured".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void nvAreasAreWrittenAndReadByThoseWhoMay() throws Exception {
        takeOwnership();
        runs("nvdefine -i 0xffffffff -s 0"); // from now on areas are protected
        runs("nvdefine -i 0x10 -s 32 -p OWNERREAD|OWNERWRITE --pwdo=own");
        runs("nvdefine -i 0x11 -s 32 -p AUTHREAD|AUTHWRITE --pwdo=own --pwda=area");
        refuses(AUTHFAIL, "nvdefine -i 0x12 -s 8 -p OWNERREAD|OWNERWRITE --pwdo=bad");
        refuses(NOSPACE, "nvdefine -i 0x12 -s 50000 -p OWNERREAD|OWNERWRITE --pwdo=own");
        String info = runs("nvinfo -i 0x11");
        assertTrue(info.contains("Permissions   : 0x00040004 (AUTHREAD|AUTHWRITE)"), info);
        assertTrue(info.contains("Size          : 32 (0x20)"), info);

        runs("nvwrite -i 0x10 -d hello --password=own");
        runs("nvwrite -i 0x10 -m 65 -s 3 -n 29 --password=own");
        runs("nvread -i 0x10 -f read --password=own");
        assertEquals(
                "68656c6c6f" + "ff".repeat(24) + "414141",
                HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("read"))));
        says("65 6c 6c", "nvread -i 0x10 -s 3 -n 1 --password=own");
        refuses(AUTH_CONFLICT, "nvread -i 0x10");
        refuses(AUTH_CONFLICT, "nvwrite -i 0x10 -d hello");
        refuses(AUTHFAIL, "nvwrite -i 0x10 -d hello --password=bad");

        runs("nvwrite -i 0x11 -d hello --password=area");
        says("68 65 6c 6c 6f", "nvread -i 0x11 --password=area");
        refuses(AUTHFAIL, "nvwrite -i 0x11 -d hello --password=own");
        refuses(AUTHFAIL, "nvrelease -i 0x10 --pwdo=bad");
        runs("nvrelease -i 0x10 --pwdo=own");
        refuses(NO_TPM_AREA, "nvrelease -i 0x10 --pwdo=own");
        String left = runs("nvinfo --list-only");
        assertTrue(left.endsWith("defined:\n0x00000011 (17)\n"), left);
    }

    @Test
    void nvAreasAreLockedForAStartOrForGood() throws Exception {
        takeOwnership();
        runs("nvdefine -i 0xffffffff -s 0");
        runs("nvdefine -i 0x12 -s 8 -p OWNERREAD|OWNERWRITE|WRITEDEFINE|WRITEALL --pwdo=own");
        runs("nvdefine -i 0x13 -s 8 -p PPREAD|PPWRITE|WRITE_STCLEAR --pwdo=own");
        refuses(NOT_FULLWRITE, "nvwrite -i 0x12 -d 0123 --password=own");
        runs("nvwrite -i 0x12 -d 01234567 --password=own");
        runs("nvwrite -i 0x12 -s 0 --password=own");
        refuses(AREA_LOCKED, "nvwrite -i 0x12 -d 12345678 --password=own");
        runs("nvwrite -i 0x13 -d 01234567");
        runs("nvwrite -i 0x13 -s 0");
        refuses(AREA_LOCKED, "nvwrite -i 0x13 -d 12345678");

        restart();
        runs("nvwrite -i 0x13 -d 12345678");
        says("12345678", "nvread -i 0x13");
        refuses(AREA_LOCKED, "nvwrite -i 0x12 -d 12345678 --password=own");
        says("01234567", "nvread -i 0x12 --password=own");
    }
}
