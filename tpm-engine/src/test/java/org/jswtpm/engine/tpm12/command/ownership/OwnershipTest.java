package org.jswtpm.engine.tpm12.command.ownership;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.CLEAR_DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_SET;

import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/**
 * TPM_TakeOwnership, TPM_OwnerClear, TPM_ForceClear, TPM_DisableOwnerClear, TPM_DisableForceClear and
 * TSC_ResetEstablishmentBit.
 */
class OwnershipTest {
    private static final byte[] OWNER = KeptState.OWNER;
    private static final Request FORCE_CLEAR = Request.of(Ordinal.FORCE_CLEAR);
    private static final Request RESET_ESTABLISHED = Request.of(Ordinal.TSC_RESET_ESTABLISHMENT_BIT);
    private static final String SRK_INFO = OwnedTpm.keyInfo("0011", 0, OwnedTpm.STORAGE_PARMS);

    private static Request byOwner(Tpm12Client tpm, Ordinal ordinal, byte[] auth) {
        return Request.of(ordinal).auth(tpm.oiap(auth).ending());
    }

    private static Pubkey endorsementKey(Tpm12Client tpm) {
        return Pubkey.unmarshal(tpm.send(byOwner(tpm, Ordinal.OWNER_READ_PUBEK, OWNER))
                .isSuccess()
                .reader());
    }

    private static Request take(Tpm12Client tpm, int protocol, Bytes owner, Bytes srk, String srkInfo) {
        return Request.of(Ordinal.TAKE_OWNERSHIP)
                .u16(protocol)
                .sized(owner)
                .sized(srk)
                .hex(srkInfo)
                .auth(tpm.oiap(OWNER).ending());
    }

    private static void setPresence(KeptState.Transcript tpm) {
        tpm.note(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20));
        tpm.note(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08));
    }

    @Test
    void anOwnerGoesAndTheEndorsementKeyStays() {
        Tpm12Fixture tpm = KeptState.started();
        Pubkey endorsementKey = endorsementKey(tpm);
        Bytes auth = OwnedTpm.encrypt(endorsementKey, OWNER);
        tpm.send(take(tpm, 5, auth, auth, SRK_INFO)).hasCode(OWNER_SET);
        tpm.send(FORCE_CLEAR).hasCode(BAD_PRESENCE);
        tpm.setPresence();
        tpm.send(Request.of(Ordinal.DISABLE_FORCE_CLEAR)).isSuccess();
        tpm.send(FORCE_CLEAR).hasCode(CLEAR_DISABLED);
        tpm.send(byOwner(tpm, Ordinal.OWNER_CLEAR, OWNER)).isSuccess();
        tpm.send(Request.of(Ordinal.PHYSICAL_ENABLE)).isSuccess();
        tpm.send(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(0)).isSuccess();
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(take(tpm, 5, auth, auth, SRK_INFO)).isSuccess();
        tpm.send(byOwner(tpm, Ordinal.DISABLE_OWNER_CLEAR, OWNER)).isSuccess();
        tpm.send(byOwner(tpm, Ordinal.OWNER_CLEAR, OWNER)).hasCode(CLEAR_DISABLED);
    }

    @Test
    void resetsTheEstablishmentBitAtHighLocalities() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(RESET_ESTABLISHED).hasCode(BAD_LOCALITY);
        tpm.setLocality(3);
        tpm.send(RESET_ESTABLISHED).isSuccess();
    }

    @SameAsSwtpm12
    void resetsTheEstablishmentBitLikeSwtpm(Tpm12Pair both) {
        for (int locality = 0; locality < 5; locality++) {
            both.setLocality(locality);
            both.send(RESET_ESTABLISHED).isIdentical();
        }
        both.send(FORCE_CLEAR).isIdentical();
        both.setPresence();
        both.send(FORCE_CLEAR).isIdentical();
        both.send(Request.of(Ordinal.GET_RANDOM).u32(1)).hasSameCode();
    }

    @SameAsSwtpm12
    void clearsAndTakesOwnershipLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            Pubkey endorsementKey = endorsementKey(tpm);
            Bytes auth = OwnedTpm.encrypt(endorsementKey, OWNER);
            tpm.note(take(tpm, 5, auth, auth, SRK_INFO));
            tpm.note(byOwner(tpm, Ordinal.OWNER_CLEAR, KeptState.SRK));
            tpm.note(byOwner(tpm, Ordinal.DISABLE_OWNER_CLEAR, KeptState.SRK));
            tpm.note(byOwner(tpm, Ordinal.DISABLE_OWNER_CLEAR, OWNER));
            tpm.note(byOwner(tpm, Ordinal.OWNER_CLEAR, OWNER));
            tpm.note(FORCE_CLEAR);
            setPresence(tpm);
            tpm.note(FORCE_CLEAR);
            tpm.note(take(tpm, 5, auth, auth, SRK_INFO));
            tpm.note(Request.of(Ordinal.PHYSICAL_ENABLE));
            tpm.note(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(0));
            tpm.note(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000109")));
            tpm.note(byOwner(tpm, Ordinal.OWNER_CLEAR, OWNER));
            Bytes twice = OwnedTpm.encrypt(
                    endorsementKey,
                    Bytes.copyOf(OWNER).then(Bytes.copyOf(OWNER)).toArray());
            Bytes[] wrong = {
                Bytes.EMPTY, Bytes.zeros(256), auth.then(auth), OwnedTpm.encrypt(endorsementKey, new byte[19])
            };
            for (Bytes blob : wrong) {
                tpm.send(Request.of(Ordinal.RESET)).isSuccess();
                tpm.note(take(tpm, 5, blob, auth, SRK_INFO));
                tpm.note(take(tpm, 5, auth, blob, SRK_INFO));
            }
            tpm.note(take(tpm, 5, twice, auth, SRK_INFO));
            tpm.note(take(tpm, 4, auth, auth, SRK_INFO));
            String[] infos = {
                OwnedTpm.keyInfo("0010", 0, OwnedTpm.SIGNING_PARMS),
                OwnedTpm.keyInfo("0011", 2, OwnedTpm.STORAGE_PARMS),
                OwnedTpm.keyInfo("0011", 0, OwnedTpm.STORAGE_PARMS.replace("0800", "0400")),
                OwnedTpm.keyInfo("0011", 0, OwnedTpm.SIGNING_PARMS),
                "01010000 0012 00000000 01" + OwnedTpm.STORAGE_PARMS + "00000000 00000000 00000000"
            };
            for (String info : infos) {
                tpm.send(Request.of(Ordinal.RESET)).isSuccess();
                tpm.note(take(tpm, 5, auth, auth, info));
            }
            tpm.note(Request.of(Ordinal.SET_OWNER_INSTALL).u8(0));
            tpm.note(take(tpm, 5, auth, auth, SRK_INFO));
            tpm.note(Request.of(Ordinal.SET_OWNER_INSTALL).u8(1));
            tpm.noteCode(take(tpm, 5, auth, auth, SRK_INFO));
            tpm.note(Request.of(Ordinal.DISABLE_FORCE_CLEAR));
            tpm.note(FORCE_CLEAR);
            tpm.note(byOwner(tpm, Ordinal.OWNER_CLEAR, OWNER));
            tpm.note(byOwner(tpm, Ordinal.OWNER_READ_PUBEK, OWNER));
        });
    }
}
