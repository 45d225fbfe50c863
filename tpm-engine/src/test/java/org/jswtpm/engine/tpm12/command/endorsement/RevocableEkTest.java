package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_ENDORSEMENT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.PERMANENTEK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** TPM_CreateRevocableEK and TPM_RevokeTrust. */
class RevocableEkTest {
    private static final Bytes ANTI_REPLAY = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final Bytes EK_RESET = Bytes.hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3");

    private static Request create(String keyInfo, int generateReset) {
        return Request.of(Ordinal.CREATE_REVOCABLE_EK)
                .bytes(ANTI_REPLAY)
                .hex(keyInfo)
                .u8(generateReset)
                .bytes(EK_RESET);
    }

    private static Request create(int generateReset) {
        return create(OwnedTpm.STORAGE_PARMS, generateReset);
    }

    private static Request revoke(Bytes ekReset) {
        return Request.of(Ordinal.REVOKE_TRUST).bytes(ekReset);
    }

    private static Request readPubek() {
        return Request.of(Ordinal.READ_PUBEK).bytes(ANTI_REPLAY);
    }

    private static Request define(int index, int size) {
        return Request.of(Ordinal.NV_DEFINE_SPACE)
                .u16(0x18)
                .u32(index)
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .hex("0017 00020002 00 00 00")
                .u32(size)
                .bytes(Bytes.zeros(20));
    }

    @Test
    void isGoneWithItsOwnerOnceTrustIsRevoked() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        WireReader reader = tpm.send(create(1)).isSuccess().reader();
        Pubkey pubkey = Pubkey.unmarshal(reader);
        reader.skip(20);
        Bytes ekReset = reader.bytes(20);
        tpm.send(readPubek()).isSuccess();
        OwnedTpm.takeOwnership(tpm, pubkey);
        tpm.send(revoke(EK_RESET)).hasCode(AUTHFAIL);
        tpm.send(revoke(ekReset)).hasCode(BAD_PRESENCE);
        tpm.setPresence();
        tpm.send(revoke(ekReset)).isSuccess();
        tpm.send(Request.of(Ordinal.PHYSICAL_ENABLE)).isSuccess();
        tpm.send(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(0)).isSuccess();
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(readPubek()).hasCode(NO_ENDORSEMENT);
        OwnedTpm.own(tpm);
        tpm.send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08)).isSuccess();
        tpm.send(revoke(ekReset)).hasCode(PERMANENTEK);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm(Tpm12Pair both) {
        both.send(create("00000001 0003 0001 0000000c 00000400 00000002 00000000", 0))
                .isIdentical();
        both.send(create("00000001 0003 0001 0000000c 00000800 00000003 00000000", 0))
                .isIdentical();
        both.send(create("00000001 0002 0001 0000000c 00000800 00000002 00000000", 0))
                .isIdentical();
        both.send(create("00000000 0003 0001 00000000", 0)).isIdentical();
        both.send(create("00000006 0003 0001 00000000", 0)).isIdentical();
        both.send(create(2)).isIdentical();
        both.send(revoke(EK_RESET)).isIdentical();
        both.send(revoke(Bytes.zeros(20))).isIdentical();
        both.setPresence();
        Tpm12Pair.Answers answers = both.send(create(0)).hasSameCode();
        Bytes ours = answers.ours().isSuccess().parameters();
        Bytes swtpms = answers.swtpm().parameters();
        assertEquals(swtpms.slice(0, 28), ours.slice(0, 28));
        assertEquals(EK_RESET, swtpms.slice(swtpms.size() - 20, 20));
        assertEquals(EK_RESET, ours.slice(ours.size() - 20, 20));
        both.send(create(0)).isIdentical();
        both.send(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108")))
                .isIdentical();
    }

    @SameAsSwtpm12
    void revokesTrustLikeSwtpm(Tpm12Pair both) {
        both.setPresence();
        both.swtpm().send(define(0x1000_1234, 4)).isSuccess();
        both.swtpm().send(define(0x0000_1234, 4)).isSuccess();
        both.swtpm().send(define(0xFFFF_FFFF, 0)).isSuccess();
        WireReader reader = both.swtpm().send(create(0)).isSuccess().reader();
        OwnedTpm.takeOwnership(both.swtpm(), Pubkey.unmarshal(reader));
        Twins twins = Twins.of(both);
        twins.send(tpm -> revoke(ANTI_REPLAY));
        twins.send(tpm -> Request.of(Ordinal.GET_CAPABILITY).u32(0x0D).u32(0));
        twins.send(tpm -> revoke(EK_RESET));
        twins.send(tpm -> Request.of(Ordinal.GET_CAPABILITY).u32(0x0D).u32(0));
        twins.send(tpm -> Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108")));
        twins.send(tpm -> Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000109")));
        twins.send(tpm -> Request.of(Ordinal.PHYSICAL_ENABLE));
        twins.send(tpm -> readPubek());
        twins.send(tpm -> revoke(EK_RESET));
    }
}
