package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A TPM 1.2 that moves from one daemon to another: while it runs, and with what TPM_SaveState has left. */
class Tpm12MigrationTest {
    private static final String STARTUP = "00c1 0000000c 00000099 ";
    private static final String EXTEND_10 = "00c1 00000022 00000014 0000000a" + "61".repeat(20);
    private static final String PCR_READ_10 = "00c1 0000000e 00000015 0000000a";
    private static final String SHA1_START = "00c1 0000000a 000000a0";
    private static final String SHA1_UPDATE = "00c1 0000004e 000000a1 00000040" + "00".repeat(64);
    private static final String SHA1_COMPLETE = "00c1 0000000f 000000a2 00000001 61";
    /** SHA1(64 zeros and "a"). */
    private static final String DIGEST = "00c40000001e00000000" + "a0ebc75a6c022e1915f66720f9a9a18770438556";

    private static final String SAVE_STATE = "00c1 0000000a 00000098";

    @TempDir
    Path directory;

    private DaemonUnderTest source;
    private DaemonUnderTest target;
    private Wire sourceCtrl;
    private Wire targetCtrl;
    private Wire sourceData;
    private Wire targetData;

    private DaemonUnderTest start(String maker, String name) throws IOException {
        Path state = Files.createDirectories(directory.resolve(name));
        return maker.equals("jswtpm") ? InProcessDaemon.startTpm12(state) : SwtpmProcess.startTpm12(state);
    }

    private void connect(String from, String to) throws Exception {
        source = start(from, "source");
        target = start(to, "target");
        sourceCtrl = source.connect();
        targetCtrl = target.connect();
        sourceData = sourceCtrl.setDataFd();
        targetData = targetCtrl.setDataFd();
        assertEquals(SUCCESS, sourceCtrl.ask(INIT, 4));
        assertEquals(SUCCESS, sourceData.codeOf(STARTUP + "0001"));
        assertEquals(SUCCESS, sourceData.codeOf(EXTEND_10));
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

    @ParameterizedTest
    @CsvSource({"jswtpm, jswtpm", "jswtpm, swtpm", "swtpm, jswtpm"})
    void goesOnElsewhere(String from, String to) throws Exception {
        connect(from, to);
        String pcr = sourceData.command(PCR_READ_10);
        assertEquals(SUCCESS, sourceData.codeOf(SHA1_START));
        assertEquals(SUCCESS, sourceData.codeOf(SHA1_UPDATE));
        StateBlobs.migrate(sourceCtrl, targetCtrl);
        assertEquals(DIGEST, targetData.command(SHA1_COMPLETE));
        assertEquals(pcr, targetData.command(PCR_READ_10));
    }

    /** All three blobs, as a machine that was put to sleep is moved. */
    @ParameterizedTest
    @CsvSource({"jswtpm, jswtpm", "jswtpm, swtpm", "swtpm, jswtpm"})
    void resumesElsewhere(String from, String to) throws Exception {
        connect(from, to);
        String pcr = sourceData.command(PCR_READ_10);
        assertEquals(SUCCESS, sourceData.codeOf(SAVE_STATE));
        assertEquals(SUCCESS, targetCtrl.ask(STOP, 4));
        for (int type : new int[] {StateBlobs.PERMANENT, StateBlobs.VOLATILE, StateBlobs.SAVE_STATE}) {
            assertEquals(SUCCESS, StateBlobs.set(targetCtrl, type, 0, StateBlobs.get(sourceCtrl, type)));
        }
        assertEquals(SUCCESS, targetCtrl.ask("00000002 00000001", 4));
        assertEquals(SUCCESS, targetCtrl.ask(INIT, 4));
        assertEquals(SUCCESS, targetData.codeOf(STARTUP + "0002"));
        assertEquals(pcr, targetData.command(PCR_READ_10));
    }
}
