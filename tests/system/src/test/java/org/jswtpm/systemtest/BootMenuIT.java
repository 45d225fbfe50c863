package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.QEMU;
import static org.jswtpm.systemtest.environment.DebianPackage.SEABIOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.guest.BootMenu;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Template;
import org.jswtpm.systemtest.tpm.Tpm12Command;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does to the TPM in SeaBIOS' boot menu, and what the TPM then says of itself. */
@Needs({QEMU, SEABIOS})
class BootMenuIT {
    private static final byte[] NO_AUTH = {};
    private static final int FIRST_FLAG = 4 + 2; // behind a size and a tag: TPM_PERMANENT_FLAGS (Part 2, 7.1)

    @TempDir
    private Path directory;

    private final Swtpm program = Swtpm.underTest();
    private Path state;

    @BeforeEach
    void makeStateDirectory() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
    }

    /** What the choices of a TPM 1.2 change. */
    private record Flags(boolean disabled, boolean ownable, boolean deactivated, boolean owned) {}

    /** Uses the menu of a machine that is then switched off. */
    private interface User {
        void use(BootMenu menu) throws Exception;
    }

    @Test
    void tpm12IsClearedEnabledActivatedAndKeptFromOwners() throws Exception {
        takeOwnership();
        assertEquals(new Flags(false, true, false, true), flags());

        withTpm12(menu -> {
            assertSays(menu.open(), "Enabled and active", "Ownership has been taken", "c. Clear ownership");
            assertSays(
                    menu.choose('c'),
                    "Owner successfully cleared.",
                    "Disabled and deactivated",
                    "Ownership has not been taken");
        });
        assertEquals(new Flags(true, true, true, false), flags());

        withTpm12(menu -> {
            assertSays(menu.open(), "Disabled and deactivated", "e. Enable the TPM");
            assertSays(menu.choose('e'), "Enabled and deactivated", "a. Activate the TPM");
            menu.restart('a');
            assertSays(menu.open(), "Enabled and active", "A user can take ownership of the TPM");
            assertSays(menu.choose('p'), "Installation of owner disabled.", "s. Allow installation of an owner");
        });
        assertEquals(new Flags(false, false, false, false), flags());

        withTpm12(menu -> {
            assertSays(menu.open(), "Taking ownership of the TPM has been disabled");
            assertSays(menu.choose('s'), "A user can take ownership of the TPM", "v. Deactivate the TPM");
            assertSays(menu.choose('v'), "Enabled and deactivated", "d. Disable the TPM");
            assertSays(menu.choose('d'), "Disabled and deactivated");
            menu.leave();
            assertSays(menu.open(), "Disabled and deactivated");
        });
        assertEquals(new Flags(true, true, true, false), flags());
    }

    private void takeOwnership() throws Exception {
        List<String> setup = List.of(
                program.executable().resolveSibling("swtpm_setup").toString(),
                "--config",
                Files.createFile(directory.resolve("swtpm_setup.conf")).toString(),
                "--tpmstate",
                state.toString(),
                "--take-ownership");
        ChildProcess.run(directory, Map.of(), setup).requireSuccess();
    }

    @Test
    void tpm2IsClearedAndChangesItsBanks() throws Exception {
        ByteBuffer before;
        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            before = storageKey(tpm);
            tpm.execute(Tpm2Command.ownerChangeAuth(NO_AUTH, new byte[] {1}));
            tpm.shutDown();
        }
        use(List.of("--tpm2"), menu -> {
            assertSays(menu.open(), "1. Clear TPM", "2. Change active PCR banks");
            menu.choose('1');
            String end = "A  : activate selection";
            assertSays(menu.choose('2', end), "1: SHA1 (enabled)", "2: SHA256 (enabled)", "4: SHA512 (enabled)");
            menu.choose('1', end);
            assertSays(menu.choose('4', end), "2: SHA256 (enabled)", "3: SHA384 (enabled)", "4: SHA512\r\n");
            menu.restart('A');
            menu.open();
            assertSays(menu.choose('2', end), "1: SHA1\r\n", "2: SHA256 (enabled)");
        });

        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            assertNotEquals(before, storageKey(tpm), "the owner's seed is the same");
            byte[] octets = new byte[4 + 4 * 6];
            tpm.execute(Tpm2Command.pcrBanks()).parameters(0).get(5, octets); // behind moreData, capability
            String banks = "00000004" + "0004 03 000000" + "000b 03 ffffff" + "000c 03 ffffff" + "000d 03 000000";
            assertEquals(banks.replace(" ", ""), HexFormat.of().formatHex(octets), "SHA-256 and SHA-384 alone");
        }
    }

    /** A key that the owner's seed gives, for an owner without an auth value. */
    private static ByteBuffer storageKey(RunningTpm tpm) throws Exception {
        byte[] create = Tpm2Command.createPrimary(Tpm2Command.OWNER, NO_AUTH, Template.SRK_ECC_P256);
        return ByteBuffer.wrap(TpmResponse.sized(tpm.execute(create).parameters(1)));
    }

    private void withTpm12(User user) throws Exception {
        use(List.of(), user);
    }

    private void use(List<String> version, User user) throws Exception {
        try (SwtpmProcess swtpm = start(version);
                BootMenu menu = BootMenu.start(directory, directory.resolve("swtpm-sock"))) {
            user.use(menu);
            menu.quit();
            assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
        }
    }

    private SwtpmProcess start(List<String> version) throws Exception {
        Path control = directory.resolve("swtpm-sock");
        List<String> options = new ArrayList<>(
                List.of("socket", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + control));
        options.addAll(version);
        return program.start(directory, new Endpoint.Unix(control), options);
    }

    private Flags flags() throws Exception {
        try (SwtpmProcess swtpm = start(List.of());
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            try (TpmChannel tpm = control.openDataChannel()) {
                tpm.transmit(Tpm12Command.startupClear());
                ByteBuffer flags = tpm.transmit(Tpm12Command.permanentFlags())
                        .requireSuccess()
                        .parameters(0);
                ByteBuffer owned =
                        tpm.transmit(Tpm12Command.hasOwner()).requireSuccess().parameters(0);
                return new Flags(
                        flags.get(FIRST_FLAG) != 0,
                        flags.get(FIRST_FLAG + 1) != 0,
                        flags.get(FIRST_FLAG + 2) != 0,
                        owned.get(4) != 0);
            } finally {
                assertEquals(0, control.shutdown());
                assertEquals(0, swtpm.awaitExit());
            }
        }
    }

    private static void assertSays(String screen, String... texts) {
        for (String text : texts) {
            assertTrue(screen.contains(text), () -> "no \"" + text + "\" in:\n" + screen);
        }
    }
}
