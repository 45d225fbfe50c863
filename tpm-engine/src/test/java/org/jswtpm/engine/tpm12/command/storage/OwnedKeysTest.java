package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.OwnedTpm.ET_KEYHANDLE;
import static org.jswtpm.engine.tpm12.OwnedTpm.ET_OWNER;
import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.OWNER_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SIGNING_PARMS;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.STORAGE_PARMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** An owner, storage and signing keys, sealed data: within this TPM, and from swtpm to this TPM and back. */
class OwnedKeysTest {
    private static final Bytes SECRET = Bytes.hex("73656372657420746f207365616c");
    private static final Bytes DIGEST = Bytes.wrap(Hasher.digest(Digest.SHA1, new byte[] {1, 2, 3}));

    private static Request seal(Tpm12Client tpm, Ordinal ordinal, boolean isAes) {
        ClientSession session = tpm.osap(isAes ? 0x0601 : ET_KEYHANDLE, SRK, SRK_AUTH);
        return Request.of(ordinal)
                .handle(SRK)
                .bytes(isAes ? session.encryptAes(KEY_AUTH) : session.encrypt(KEY_AUTH))
                .sized(Bytes.EMPTY)
                .sized(SECRET)
                .auth(session);
    }

    private static Bytes sealed(Tpm12Client tpm) {
        return tpm.send(seal(tpm, Ordinal.SEAL, false)).isSuccess().parameters();
    }

    private static Request unseal(Tpm12Client tpm, Bytes blob) {
        return Request.of(Ordinal.UNSEAL)
                .handle(SRK)
                .bytes(blob)
                .auth(tpm.oiap(SRK_AUTH).ending())
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    private static Request sign(Tpm12Client tpm, int key) {
        return Request.of(Ordinal.SIGN)
                .handle(key)
                .sized(DIGEST)
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    private static Request quote2(Tpm12Client tpm, int key) {
        return Request.of(Ordinal.QUOTE2)
                .handle(key)
                .bytes(DIGEST)
                .hex("0003 050000 01")
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    private static Request quote(Tpm12Client tpm, int key) {
        return Request.of(Ordinal.QUOTE)
                .handle(key)
                .bytes(DIGEST)
                .hex("0002 0500")
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    @Test
    void sealsForItself() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        Bytes blob = sealed(tpm);
        tpm.send(unseal(tpm, blob)).hasParameters("0000000e" + SECRET);
        Bytes aes = tpm.send(seal(tpm, Ordinal.SEAL, true)).isSuccess().parameters();
        tpm.send(unseal(tpm, aes)).hasParameters("0000000e" + SECRET);
        tpm.send(Request.of(Ordinal.UNSEAL)
                        .handle(SRK)
                        .bytes(blob)
                        .auth(tpm.oiap(SRK_AUTH).ending())
                        .auth(tpm.oiap(SRK_AUTH).ending()))
                .hasCode(TpmResult.AUTH2FAIL);
    }

    @Test
    void wrongOwnerAuthEndsTheSessionAndCounts() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        for (int i = 0; i < 6; i++) {
            tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(SRK_AUTH)))
                    .hasCode(TpmResult.AUTHFAIL);
        }
        tpm.send(Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(Bytes.hex("0000010a")))
                .hasParameters("00000004 00000010");
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(OWNER_AUTH)))
                .hasCode(TpmResult.DEFEND_LOCK_RUNNING);
        tpm.host().advance(2_000);
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(OWNER_AUTH)))
                .isSuccess();
    }

    @Test
    void signsAndQuotesWithALoadedKey() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        Bytes wrapped = OwnedTpm.createKey(tpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS));
        int key = OwnedTpm.loadKey(tpm, wrapped);
        TpmKey publicPart = TpmKey.unmarshal(WireReader.over(wrapped, TpmResult.WIRE_FAULTS));
        Bytes signature = tpm.send(sign(tpm, key)).isSuccess().parameters().slice(4, 256);
        assertTrue(
                RsaSignature.verifyPkcs1(OwnedTpm.rsa(publicPart), Digest.SHA1, DIGEST.toArray(), signature.toArray()));
        tpm.send(quote(tpm, key)).isSuccess();
        tpm.send(quote2(tpm, key)).isSuccess();
        tpm.send(Request.of(Ordinal.EVICT_KEY).handle(key)).isSuccess();
        tpm.send(Request.of(Ordinal.EVICT_KEY).handle(key)).hasCode(TpmResult.INVALID_KEYHANDLE);
    }

    @Test
    void changesAuthValues() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        ClientSession owner = tpm.osap(ET_OWNER, 0, OWNER_AUTH);
        tpm.send(Request.of(Ordinal.CHANGE_AUTH_OWNER)
                        .u16(4)
                        .bytes(owner.encrypt(KEY_AUTH))
                        .u16(ET_OWNER)
                        .auth(owner))
                .isSuccess();
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(KEY_AUTH))).isSuccess();
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(OWNER_AUTH)))
                .hasCode(TpmResult.AUTHFAIL);
        tpm.send(Request.of(Ordinal.OWNER_CLEAR).auth(tpm.oiap(KEY_AUTH))).isSuccess();
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(KEY_AUTH))).hasCode(TpmResult.DISABLED);
    }

    @SameAsSwtpm12
    void usesWhatSwtpmMade(Tpm12Pair both) throws Exception {
        Swtpm12 swtpm = both.swtpm();
        OwnedTpm.own(swtpm);
        Bytes blob = sealed(swtpm);
        Bytes sealx = swtpm.send(seal(swtpm, Ordinal.SEALX, false)).isSuccess().parameters();
        Bytes signing = OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS));
        OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0011", 0, STORAGE_PARMS));
        Tpm12Fixture ours = both.oursOnStateOfSwtpm();
        ours.startup(1);
        ours.send(unseal(ours, blob)).hasParameters("0000000e" + SECRET);
        assertEquals(14 + 4, unsealBound(ours, sealx).size());
        int key = OwnedTpm.loadKey(ours, signing);
        int theirs = OwnedTpm.loadKey(swtpm, signing);
        assertEquals(
                swtpm.send(sign(swtpm, theirs)).parameters(),
                ours.send(sign(ours, key)).parameters());
        assertEquals(
                swtpm.send(quote(swtpm, theirs)).parameters(),
                ours.send(quote(ours, key)).parameters());
        assertEquals(
                swtpm.send(quote2(swtpm, theirs)).parameters(),
                ours.send(quote2(ours, key)).parameters());
    }

    private static Bytes unsealBound(Tpm12Client tpm, Bytes blob) {
        return tpm.send(Request.of(Ordinal.UNSEAL)
                        .handle(SRK)
                        .bytes(blob)
                        .auth(tpm.osap(ET_KEYHANDLE, SRK, SRK_AUTH))
                        .auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess()
                .parameters();
    }

    @SameAsSwtpm12
    void swtpmUsesWhatThisTpmMade(Tpm12Pair both) throws Exception {
        Tpm12Fixture ours = both.ours();
        OwnedTpm.own(ours);
        Bytes blob = sealed(ours);
        Bytes signing = OwnedTpm.createKey(ours, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS));
        int key = OwnedTpm.loadKey(ours, signing);
        ours.host().put(StateKind.VOLATILE, ours.tpm().state(StateKind.VOLATILE).orElseThrow());
        try (Swtpm12 swtpm = Swtpm12.powerOn(ours.host())) {
            swtpm.send(unseal(swtpm, blob)).hasParameters("0000000e" + SECRET);
            assertEquals(
                    swtpm.send(sign(swtpm, key)).parameters(),
                    ours.send(sign(ours, key)).parameters());
            int again = OwnedTpm.loadKey(swtpm, signing);
            assertEquals(
                    swtpm.send(quote(swtpm, again)).parameters(),
                    ours.send(quote(ours, key)).parameters());
        }
    }
}
