package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.EC_EPHEMERAL;
import static org.jswtpm.server.ControlChannelContract.GET_RANDOM_4;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.STARTUP_CLEAR;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A TPM that moves from one daemon to another: with a directory each, or with the one that both share. */
class MigrationTest {
    private static final String LOCK_STORAGE = "00000013";
    private static final String FAIL = "00000009";

    @TempDir
    Path directory;

    private DaemonUnderTest source;
    private DaemonUnderTest target;
    private Wire sourceCtrl;
    private Wire targetCtrl;
    private Wire sourceData;
    private Wire targetData;

    @BeforeEach
    void makeKeys() throws IOException {
        Files.writeString(directory.resolve("file128"), "00112233445566778899aabbccddeeff");
        Files.writeString(directory.resolve("migration256"), "ffeeddccbbaa99887766554433221100".repeat(2));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each :
                new AutoCloseable[] {sourceData, targetData, sourceCtrl, targetCtrl, source, target}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private String[] words(String options) {
        return options.isEmpty()
                ? new String[0]
                : options.replace("=@", "=" + directory + "/").split(" ");
    }

    private DaemonUnderTest start(String maker, String name, String options) throws IOException {
        Path state = Files.createDirectories(directory.resolve(name));
        return maker.equals("jswtpm")
                ? InProcessDaemon.startEngine(state, words(options))
                : SwtpmProcess.start(state, words(options));
    }

    private void connect() throws Exception {
        sourceCtrl = source.connect();
        targetCtrl = target.connect();
        sourceData = sourceCtrl.setDataFd();
        targetData = targetCtrl.setDataFd();
        assertEquals(SUCCESS, sourceCtrl.ask(INIT, 4));
        assertEquals(SUCCESS, sourceData.codeOf(STARTUP_CLEAR));
    }

    @ParameterizedTest
    @CsvSource({
        "jswtpm, jswtpm, '', ''",
        "jswtpm, swtpm, '', ''",
        "swtpm, jswtpm, '', ''",
        "jswtpm, swtpm, --key file=@file128, ''",
        "swtpm, jswtpm, '', --key file=@file128",
        "jswtpm, swtpm, M, M",
        "swtpm, jswtpm, M, M",
        "jswtpm, swtpm, --key file=@file128 M, --key file=@file128 M",
    })
    void goesOnElsewhere(String from, String to, String sourceOptions, String targetOptions) throws Exception {
        String migrationKey = "--migration-key file=@migration256,mode=aes-256-cbc";
        source = start(from, "source", sourceOptions.replace("M", migrationKey));
        target = start(to, "target", targetOptions.replace("M", migrationKey));
        connect();
        StateBlobs.migrate(sourceCtrl, targetCtrl);
        assertEquals(sourceData.command(EC_EPHEMERAL), targetData.command(EC_EPHEMERAL));
        assertEquals(SUCCESS, targetCtrl.ask(INIT, 4));
        assertEquals("00000100", targetData.codeOf(GET_RANDOM_4), "TPM_RC_INITIALIZE");
    }

    @ParameterizedTest
    @CsvSource({"jswtpm, swtpm", "swtpm, jswtpm", "jswtpm, jswtpm"})
    void needsTheKeyOfItsFilesWhereItIsNotDecrypted(String from, String to) throws Exception {
        source = start(from, "source", "--key file=@file128");
        target = start(to, "target", "--key file=@file128");
        connect();
        StateBlobs.Blob blob = StateBlobs.get(sourceCtrl, StateBlobs.PERMANENT, 0, 0);
        assertEquals(StateBlobs.ENCRYPTED, blob.flags());
        assertEquals(SUCCESS, StateBlobs.set(targetCtrl, StateBlobs.PERMANENT, StateBlobs.ENCRYPTED, blob.octets()));
        assertEquals(SUCCESS, targetCtrl.ask(INIT, 4));
    }

    @Test
    void needsTheMigrationKeyItWasMadeWith() throws Exception {
        source = start("jswtpm", "source", "--migration-key file=@migration256,mode=aes-256-cbc");
        target = start("jswtpm", "target", "--migration-key file=@file128");
        connect();
        String blob = StateBlobs.get(sourceCtrl, StateBlobs.PERMANENT);
        assertEquals("00000028", StateBlobs.set(targetCtrl, StateBlobs.PERMANENT, 0, blob), "TPM_BAD_KEY_PROPERTY");
    }

    @Test
    void givesUpTheStorageThatBothShare() throws Exception {
        source = start("jswtpm", "shared", "--migration release-lock-outgoing");
        connectShared();

        StateBlobs.migrate(sourceCtrl, targetCtrl);
        assertEquals(SUCCESS, targetData.codeOf(GET_RANDOM_4));
        assertEquals(FAIL, sourceCtrl.ask(LOCK_STORAGE + "00000001", 4));

        byte[] state = Files.readAllBytes(directory.resolve("shared/tpm2-00.permall"));
        assertEquals(SUCCESS, sourceCtrl.ask(STOP, 4), "without a TPM2_Shutdown, which would write");
        assertArrayEquals(state, Files.readAllBytes(directory.resolve("shared/tpm2-00.permall")));
    }

    @Test
    void takesTheStorageBackWhenItGoesOn() throws Exception {
        source = start("jswtpm", "shared", "");
        connectShared();
        String permanent = StateBlobs.get(sourceCtrl, StateBlobs.PERMANENT);
        StateBlobs.get(sourceCtrl, StateBlobs.SAVE_STATE, 0, 0);
        assertEquals(SUCCESS, sourceCtrl.ask(LOCK_STORAGE + "0000012c", 4));
        assertEquals(SUCCESS, targetCtrl.ask(STOP, 4));
        assertEquals("0000001f", StateBlobs.set(targetCtrl, StateBlobs.PERMANENT, 0, permanent));
        assertEquals(0, target.awaitEnd());
        assertEquals(SUCCESS, sourceData.codeOf(GET_RANDOM_4));
    }

    @Test
    void takesTheStorageBackWithTheNextCommand() throws Exception {
        source = start("jswtpm", "shared", "");
        connectShared();
        String permanent = StateBlobs.get(sourceCtrl, StateBlobs.PERMANENT);
        StateBlobs.get(sourceCtrl, StateBlobs.SAVE_STATE, 0, 0);
        assertEquals(SUCCESS, sourceData.codeOf(GET_RANDOM_4));
        assertEquals(SUCCESS, targetCtrl.ask(STOP, 4));
        assertEquals("0000001f", StateBlobs.set(targetCtrl, StateBlobs.PERMANENT, 0, permanent));
    }

    @Test
    void endsWhenItsStorageIsAnothersBeforeACommand() throws Exception {
        source = start("jswtpm", "shared", "");
        connectShared();
        StateBlobs.migrate(sourceCtrl, targetCtrl);
        sourceData.send(GET_RANDOM_4);
        assertEquals(0, source.awaitEnd());
        assertEquals(SUCCESS, targetData.codeOf(GET_RANDOM_4));
    }

    /** The target has the directory of the source, and expects the TPM: it takes no lock when it starts. */
    private void connectShared() throws Exception {
        Path ctrl = directory.resolve("target");
        target = InProcessDaemon.startEngine(
                directory.resolve("shared"), "--migration", "incoming", "--ctrl", "type=unixio,path=" + ctrl);
        sourceCtrl = source.connect();
        sourceData = sourceCtrl.setDataFd();
        assertEquals(SUCCESS, sourceCtrl.ask(INIT, 4));
        assertEquals(SUCCESS, sourceData.codeOf(STARTUP_CLEAR));
        targetCtrl = Wire.connect(ctrl);
        targetData = targetCtrl.setDataFd();
        assertEquals(SUCCESS, targetCtrl.ask(INIT, 4), "it does not lock, so it starts");
    }
}
