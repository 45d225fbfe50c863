package org.jswtpm.server.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.log.Log;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.KeyLength;
import org.jswtpm.store.PassphraseKdf;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CMD_INIT makes of a missing permanent state and of a damaged volatile one, and what the log says of it. */
class StoredStateTest {
    private static final String STARTUP = "80010000000c000001440000";
    private static final String STARTUP_12 = "00c10000000c000000990001";
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final int INITIALIZE = 0x100;

    @TempDir
    Path directory;

    private TpmVersion version;
    private boolean encrypted;
    private Path log;

    @BeforeEach
    void begin() {
        version = TpmVersion.TPM_2_0;
        log = directory.resolve("log");
    }

    private StateStore inDirectory() {
        boolean tpm2 = version == TpmVersion.TPM_2_0;
        return StateStore.open(
                new DirectoryOptions(directory, tpm2, OptionalInt.empty(), true, false, false),
                encrypted ? keys() : StateKeys.NONE);
    }

    private static StateKeys keys() {
        byte[] passphrase = "secret".getBytes(StandardCharsets.US_ASCII);
        StateKey key = StateKey.fromPassphrase(passphrase, PassphraseKdf.SHA512, KeyLength.BITS_128);
        return new StateKeys(key, null, target -> Arrays.fill(target, (byte) 7));
    }

    private StateStore inFile(Path file) {
        return StateStore.open(new FileOptions(file, OptionalInt.empty(), true), StateKeys.NONE);
    }

    /** Starts a TPM, runs commands, and gives the result of CMD_INIT or, with commands, the code of the last one. */
    private int start(StateStore store, boolean keepsVolatile, String... commands) throws IOException {
        Log to = Log.open(new LogTarget(log.toString(), -1, 1, null, false));
        Tpm tpm = Tpms.create(version, new TpmHost(store, version, to));
        Flags flags = new Flags(true, Flags.NO_STARTUP, false);
        try (store) {
            Platform platform =
                    new Platform(tpm, version, store, false, false, flags, new Localities(false, false), to);
            int code = platform.powerOn(false);
            for (String command : commands) {
                byte[] response = platform.execute(HexFormat.of().parseHex(command));
                code = Responses.code(response);
            }
            if (keepsVolatile) {
                assertEquals(0, platform.storeVolatile());
            }
            platform.close();
            return code;
        }
    }

    private String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Test
    void newTpmInADirectoryIsLoggedOnce() throws IOException {
        assertEquals(0, start(inDirectory(), false));
        assertEquals("A new TPM was made: " + directory.resolve("tpm2-00.permall") + ": nothing is there.\n", log());
        assertEquals(0, start(inDirectory(), false));
        assertEquals(1, log().lines().count());
    }

    @ParameterizedTest
    @CsvSource({"-1, nothing is there", "0, it is empty", "5000, it begins with zeros"})
    void newTpmInAFileIsLogged(int zeros, String reason) throws IOException {
        Path file = directory.resolve("file");
        if (zeros >= 0) {
            Files.write(file, new byte[zeros]);
        }
        assertEquals(0, start(inFile(file), false));
        assertEquals("A new TPM was made: permall in " + file + ": " + reason + ".\n", log());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 5000})
    void emptyOrZeroedPermanentStateMakesNoNewTpm(int zeros) throws IOException {
        Path file = Files.write(directory.resolve("tpm2-00.permall"), new byte[zeros]);
        assertNotEquals(0, start(inDirectory(), false));
        assertEquals(zeros, Files.size(file));
        assertTrue(log().startsWith("Error: "), log());
    }

    enum Damage {
        EMPTY,
        CUT_IN_HEADER,
        CUT,
        ZEROED,
        LONGER,
        NEWER
    }

    private void damage(Damage damage) throws IOException {
        Path file = directory.resolve((version == TpmVersion.TPM_2_0 ? "tpm2-00." : "tpm-00.") + "volatilestate");
        byte[] octets = Files.readAllBytes(file);
        byte[] damaged = octets.clone();
        switch (damage) {
            case EMPTY -> damaged = new byte[0];
            case CUT_IN_HEADER -> damaged = Arrays.copyOf(octets, 7);
            case CUT -> damaged = Arrays.copyOf(octets, octets.length - 1);
            case ZEROED -> Arrays.fill(damaged, (byte) 0);
            case LONGER -> damaged = Arrays.copyOf(octets, octets.length + 1);
            case NEWER -> damaged[1] = 99;
        }
        Files.write(file, damaged);
    }

    @Test
    void wholeVolatileStateGoesOn() throws IOException {
        assertEquals(0, start(inDirectory(), true, STARTUP));
        assertEquals(0, start(inDirectory(), false, READ_CLOCK));
    }

    @ParameterizedTest
    @CsvSource({"EMPTY", "CUT_IN_HEADER", "CUT", "ZEROED", "LONGER", "NEWER"})
    void damagedContainerStartsAsAfterAReset(Damage damage) throws IOException {
        assertEquals(0, start(inDirectory(), true, STARTUP));
        damage(damage);
        Files.delete(log);

        assertEquals(INITIALIZE, start(inDirectory(), false, READ_CLOCK));
        assertEquals(1, log().lines().count(), log());
        String place = directory.resolve("tpm2-00.volatilestate").toString();
        assertTrue(log().startsWith("Warning: " + place), log());
        assertEquals(0, start(inDirectory(), false, STARTUP, READ_CLOCK));
    }

    @ParameterizedTest
    @CsvSource({"EMPTY", "CUT", "ZEROED"})
    void damagedContainerThatIsEncryptedDoesToo(Damage damage) throws IOException {
        encrypted = true;
        damagedContainerStartsAsAfterAReset(damage);
    }

    @Test
    void encryptedOctetsThatDoNotFitTheirHmacDoToo() throws IOException {
        encrypted = true;
        assertEquals(0, start(inDirectory(), true, STARTUP));
        flip(100);
        assertEquals(INITIALIZE, start(inDirectory(), false, READ_CLOCK));
    }

    @Test
    void damagedContentIsAnError() throws IOException {
        assertEquals(0, start(inDirectory(), true, STARTUP));
        flip(100);
        assertNotEquals(0, start(inDirectory(), false));
    }

    private void flip(int at) throws IOException {
        Path file = directory.resolve("tpm2-00.volatilestate");
        byte[] octets = Files.readAllBytes(file);
        octets[at] ^= 1;
        Files.write(file, octets);
    }

    @ParameterizedTest
    @CsvSource({"EMPTY", "CUT", "ZEROED"})
    void damagedContainerOfATpm12IsAnErrorAsInLibtpms(Damage damage) throws IOException {
        version = TpmVersion.TPM_1_2;
        assertEquals(0, start(inDirectory(), true, STARTUP_12));
        damage(damage);
        assertNotEquals(0, start(inDirectory(), false));
    }

    @ParameterizedTest
    @CsvSource({"EMPTY", "CUT", "ZEROED"})
    void damagedContainerWithoutAPermanentStateMakesNoNewTpm(Damage damage) throws IOException {
        assertEquals(0, start(inDirectory(), true, STARTUP));
        damage(damage);
        Files.delete(directory.resolve("tpm2-00.permall"));
        assertNotEquals(0, start(inDirectory(), false));
    }
}
