package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** _TPM_Hash_Start, _TPM_Hash_Data, _TPM_Hash_End. */
class PlatformHashTest {
    private static final byte[] DATA = {1, 2, 3};

    private static Bytes readPcr(Tpm2Fixture tpm, int pcr) {
        WireReader in = tpm.send(TestCommand.of(CommandCode.PCR_READ)
                        .parameters("00000001 000b 03 %06x".formatted(Integer.reverseBytes(1 << pcr) >>> 8)))
                .read();
        in.skip(4 + 4 + 2 + 1 + 3 + 4);
        return in.sized2(64);
    }

    private static void measure(Tpm2Fixture tpm) {
        tpm.tpm().hashStart();
        tpm.tpm().hashData(DATA, 0, 2);
        tpm.tpm().hashData(DATA, 2, 1);
        tpm.tpm().hashEnd();
    }

    private static TestCommand startup(String type) {
        return TestCommand.of(CommandCode.STARTUP).parameters(type);
    }

    private static Bytes extended(int lastOctetBefore) {
        byte[] before = new byte[32];
        before[31] = (byte) lastOctetBefore;
        return Bytes.wrap(Hasher.digest(Digest.SHA256, before, Hasher.digest(Digest.SHA256, DATA)));
    }

    @Test
    void beforeStartupItGoesToPcr0() {
        Tpm2Fixture tpm = Tpm2Fixture.poweredOn();
        measure(tpm);
        tpm.send(startup("0000")).isSuccess();
        assertEquals(extended(4), readPcr(tpm, 0));
        assertTrue(tpm.tpm().isEstablished());
    }

    @Test
    void afterStartupItGoesToPcr17AndTheOthersOfDrtmBecomeZero() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        assertEquals(Bytes.hex("ff".repeat(32)), readPcr(tpm, 17));
        assertFalse(tpm.tpm().isEstablished());
        measure(tpm);
        assertEquals(extended(0), readPcr(tpm, 17));
        assertEquals(Bytes.zeros(32), readPcr(tpm, 18));
    }

    @Test
    void aCommandEndsItWithoutATrace() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.tpm().hashStart();
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0001")).isSuccess();
        tpm.tpm().hashData(DATA, 0, 3);
        tpm.tpm().hashEnd();
        assertEquals(Bytes.hex("ff".repeat(32)), readPcr(tpm, 17));
    }

    @Test
    void aResumeNeedsItAgainIfItCameBefore() {
        Tpm2Fixture tpm = Tpm2Fixture.poweredOn();
        measure(tpm);
        tpm.send(startup("0000")).isSuccess();
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001")).isSuccess();
        tpm.powerOn();
        tpm.send(startup("0001")).hasCode(TpmRc.VALUE.parameter(1));
        measure(tpm);
        tpm.send(startup("0001")).isSuccess();
        assertEquals(extended(4), readPcr(tpm, 0));
    }

    @Test
    void theEstablishedFlagIsResetFromLocality3And4Only() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        measure(tpm);
        assertEquals(0x3D, tpm.tpm().resetEstablished(2));
        assertTrue(tpm.tpm().isEstablished());
        assertEquals(0, tpm.tpm().resetEstablished(3));
        assertFalse(tpm.tpm().isEstablished());
    }
}
