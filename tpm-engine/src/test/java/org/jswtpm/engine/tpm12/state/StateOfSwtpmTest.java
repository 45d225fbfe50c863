package org.jswtpm.engine.tpm12.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** The blobs of libtpms, in both directions. */
class StateOfSwtpmTest {
    /** PPREAD, PPWRITE; 8 octets; bound to PCR 1 for reading. */
    private static final Request DEFINE = Request.of(Ordinal.NV_DEFINE_SPACE)
            .hex("0018 00001234 0003 020000 1f 0000000000000000000000000000000000000000")
            .hex("0003 000000 1f 0000000000000000000000000000000000000000")
            .hex("0017 00010001 00 00 00 00000008")
            .bytes(Bytes.zeros(20));

    private static final Request WRITE =
            Request.of(Ordinal.NV_WRITE_VALUE).u32(0x1234).u32(2).sized(Bytes.hex("a0a1a2"));

    @SameAsSwtpm12
    void aNewTpmHasTheSamePermanentState(Tpm12Pair both) throws Exception {
        assertEquals(
                Bytes.copyOf(both.swtpm().state(StateKind.PERMANENT)),
                Bytes.copyOf(both.ours().host().load(StateKind.PERMANENT).orElseThrow()));
    }

    @SameAsSwtpm12
    void theSameCommandsLeadToTheSamePermanentState(Tpm12Pair both) throws Exception {
        both.setPresence();
        both.send(DEFINE).isIdentical();
        both.send(WRITE).isIdentical();
        both.send(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(1)).isIdentical();
        assertEquals(
                Bytes.copyOf(both.swtpm().state(StateKind.PERMANENT)),
                Bytes.copyOf(both.ours().host().load(StateKind.PERMANENT).orElseThrow()));
    }

    @SameAsSwtpm12
    void goesOnWhereSwtpmWas(Tpm12Pair both) throws Exception {
        both.swtpm().send(DEFINE).isSuccess();
        both.swtpm().send(Request.of(Ordinal.SHA1_START)).isSuccess();
        both.swtpm()
                .send(Request.of(Ordinal.SHA1_UPDATE).sized(Bytes.zeros(64)))
                .isSuccess();
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, both.swtpm().state(StateKind.PERMANENT));
        host.put(StateKind.VOLATILE, both.swtpm().volatileState());
        Tpm12Fixture ours = Tpm12Fixture.poweredOn(host);
        Request complete = Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.hex("0102"));
        assertEquals(both.swtpm().send(complete).octets(), ours.send(complete).octets());
        Request extend = Request.of(Ordinal.EXTEND).u32(10).bytes(Bytes.zeros(20));
        assertEquals(both.swtpm().send(extend).octets(), ours.send(extend).octets());
        ours.send(Request.of(Ordinal.NV_READ_VALUE).u32(0x1234).u32(0).u32(2)).hasParameters("00000002 ffff");
    }

    @SameAsSwtpm12
    void swtpmGoesOnWhereThisTpmWas(Tpm12Pair both) throws Exception {
        Tpm12Fixture ours = both.ours();
        ours.send(DEFINE).isSuccess();
        ours.oiap(new byte[20]);
        ours.send(Request.of(Ordinal.EXTEND).u32(3).bytes(Bytes.zeros(20))).isSuccess();
        ours.send(Request.of(Ordinal.SHA1_START)).isSuccess();
        ours.send(Request.of(Ordinal.SHA1_UPDATE).sized(Bytes.zeros(64))).isSuccess();
        ours.host().put(StateKind.VOLATILE, ours.tpm().state(StateKind.VOLATILE).orElseThrow());
        try (Swtpm12 swtpm = Swtpm12.powerOn(ours.host())) {
            Request complete = Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.hex("0102"));
            assertEquals(swtpm.send(complete).octets(), ours.send(complete).octets());
            Request sessions = Request.of(Ordinal.GET_CAPABILITY).u32(0x14).sized(Bytes.hex("00000002"));
            assertEquals(swtpm.send(sessions).octets(), ours.send(sessions).octets());
            Request read = Request.of(Ordinal.PCR_READ).u32(3);
            assertEquals(swtpm.send(read).octets(), ours.send(read).octets());
        }
    }

    @SameAsSwtpm12
    void swtpmResumesWhatThisTpmSaved(Tpm12Pair both) throws Exception {
        Tpm12Fixture ours = both.ours();
        ours.send(Request.of(Ordinal.EXTEND).u32(3).bytes(Bytes.zeros(20))).isSuccess();
        ours.oiap(new byte[20]);
        ours.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
        try (Swtpm12 swtpm = Swtpm12.powerOn(ours.host())) {
            ours.powerOn();
            Request resume = Request.of(Ordinal.STARTUP).u16(2);
            assertEquals(
                    swtpm.send(resume).isSuccess().octets(), ours.send(resume).octets());
            Request read = Request.of(Ordinal.PCR_READ).u32(3);
            assertEquals(swtpm.send(read).octets(), ours.send(read).octets());
        }
    }

    @Test
    void savedStateIsDeletedByTheNextCommand() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
        assertEquals(true, tpm.host().load(StateKind.SAVE_STATE).isPresent());
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(1)).isSuccess();
        assertEquals(true, tpm.host().load(StateKind.SAVE_STATE).isEmpty());
    }

    @Test
    void refusesADamagedBlobAndLeavesItAsItIs() {
        TestHost host = Tpm12Fixture.started().host();
        byte[] good = host.load(StateKind.PERMANENT).orElseThrow();
        for (int size = 0; size < good.length; size += 13) {
            byte[] damaged = Arrays.copyOf(good, size);
            host.put(StateKind.PERMANENT, damaged);
            Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host);
            StateException fault = assertThrows(StateException.class, tpm::powerOn);
            assertEquals(9, fault.resultCode());
            assertArrayEquals(damaged, host.load(StateKind.PERMANENT).orElseThrow());
        }
    }
}
