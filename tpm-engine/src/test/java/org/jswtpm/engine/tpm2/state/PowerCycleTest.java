package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

/** What a TPM knows after its power came back. */
class PowerCycleTest {
    private static final Handle PCR_10 = new Handle(10);
    private static final Handle INDEX = new Handle(0x0180_0001);

    private static TestCommand startup(String type) {
        return TestCommand.of(CommandCode.STARTUP).parameters(type);
    }

    private static TestCommand shutdown(String type) {
        return TestCommand.of(CommandCode.SHUTDOWN).parameters(type);
    }

    private static TestCommand readPcr10() {
        return TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 000400");
    }

    private static TestCommand extendPcr10() {
        return TestCommand.of(CommandCode.PCR_EXTEND)
                .handle(PCR_10)
                .password("")
                .parameters("00000001 000b" + "11".repeat(32));
    }

    private static TestCommand readIndex() {
        return TestCommand.of(CommandCode.NV_READ)
                .handle(INDEX)
                .handle(INDEX)
                .password("")
                .parameters("0004 0000");
    }

    private static void writeIndex(Tpm2Fixture tpm, String attributes) {
        tpm.send(TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0000 000e 01800001 000b " + attributes + " 0000 0004"))
                .isSuccess();
        tpm.send(TestCommand.of(CommandCode.NV_WRITE)
                        .handle(INDEX)
                        .handle(INDEX)
                        .password("")
                        .parameters("0004 01020304 0000"))
                .isSuccess();
    }

    /** The secrets, the clock, the firmware version and the generator, which differ, are zeroed. */
    private static byte[] comparable(byte[] blob) {
        byte[] masked = blob.clone();
        Arrays.fill(masked, 532, 926, (byte) 0);
        Arrays.fill(masked, 1052, 1060, (byte) 0);
        Arrays.fill(masked, 1078, 1086, (byte) 0);
        Arrays.fill(masked, 1129, 1191, (byte) 0);
        return masked;
    }

    @Test
    void aNewTpmIsThatOfLibtpms() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        byte[] ours = tpm.host().load(StateKind.PERMANENT).orElseThrow();
        assertArrayEquals(comparable(SavedStates.read("new")), comparable(ours));
    }

    @Test
    void aNewTpmIsKeptBeforeAnythingIsAsked() {
        assertEquals(1, Tpm2Fixture.poweredOn().host().commits());
    }

    @Test
    void ordinaryDataSurviveALossOfPower() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        writeIndex(tpm, "02040004");
        tpm.powerOn();
        tpm.send(startup("0000")).isSuccess();
        tpm.send(readIndex()).hasParameters("0004 01020304");
    }

    @Test
    void orderlyDataSurviveAnOrderlyShutdownForResume() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        writeIndex(tpm, "06040004");
        tpm.send(shutdown("0001")).isSuccess();
        tpm.powerOn();
        tpm.send(startup("0001")).isSuccess();
        tpm.send(readIndex()).hasParameters("0004 01020304");
        tpm.powerOn();
        tpm.send(startup("0000")).isSuccess();
        tpm.send(readIndex()).hasCode(TpmRc.NV_UNINITIALIZED);
    }

    @Test
    void pcrsSurviveShutdownState() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.send(extendPcr10()).isSuccess();
        var before = tpm.send(readPcr10()).parameters();
        tpm.send(shutdown("0001")).isSuccess();
        tpm.powerOn();
        tpm.send(startup("0001")).isSuccess();
        // all but the update counter, which counts the PCRs that start anew
        var after = tpm.send(readPcr10()).parameters();
        assertEquals(before.slice(4, before.size() - 4), after.slice(4, after.size() - 4));
    }

    @Test
    void anExtendAfterShutdownStateUndoesIt() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.send(shutdown("0001")).isSuccess();
        tpm.send(extendPcr10()).isSuccess();
        tpm.powerOn();
        tpm.send(startup("0001")).hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void whatTheHostCannotKeepIsNoNewTpm() {
        TestHost host = new TestHost();
        host.setFailing(true);
        try (var tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            StateException refusal = assertThrows(StateException.class, tpm::powerOn);
            assertEquals(0x101, refusal.resultCode());
            assertFalse(tpm.isOn());
        }
    }

    @Test
    void aDamagedStateLeavesTheTpmOffAndTheStateAsItIs() {
        byte[] blob = SavedStates.read("in-use");
        ByteBuffer.wrap(blob).putInt(blob.length - 4, 0);
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, blob);
        try (var tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            assertThrows(StateException.class, tpm::powerOn);
            assertFalse(tpm.isOn());
        }
        assertEquals(0, host.commits());
    }

    @Test
    void aStateOfSwtpmStarts() {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, SavedStates.read("in-use"));
        Tpm2Fixture tpm = Tpm2Fixture.poweredOn(host);
        tpm.send(startup("0000")).isSuccess();
        tpm.send(TestCommand.of(CommandCode.NV_READ)
                        .handle(INDEX)
                        .handle(INDEX)
                        .password("")
                        .parameters("0008 0000"))
                .hasParameters("0008 ffff616263ffffff");
    }
}
