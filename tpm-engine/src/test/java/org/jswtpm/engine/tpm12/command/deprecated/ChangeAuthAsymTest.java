package org.jswtpm.engine.tpm12.command.deprecated;

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

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM_ChangeAuthAsymStart and TPM_ChangeAuthAsymFinish. */
class ChangeAuthAsymTest {
    private static final Bytes NONCE = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final byte[] NEW_AUTH = "another key password".getBytes(StandardCharsets.US_ASCII);
    /** RSA-1024, OAEP, no signatures. */
    private static final String TEMP_PARMS = STORAGE_PARMS.replace("00000800", "00000400");
    /** RSA-512, PKCS1 signatures of SHA-1. */
    private static final String SMALL_PARMS = SIGNING_PARMS.replace("00000800", "00000200");
    /** Where the digest of the public key is in TPM_CERTIFY_INFO. */
    private static final int PUBKEY_DIGEST = 35;

    private static final int CERTIFY_INFO_SIZE = PUBKEY_DIGEST + 45;
    /** TPM_ET_KEY. */
    private static final int KEY = 5;

    /** What TPM_ChangeAuthAsymStart gives. */
    private record Started(Bytes certifyInfo, Bytes sig, int ephHandle, TpmKey.Wrapped tempKey) {
        static Started of(WireReader in) {
            Bytes certifyInfo = in.bytes(CERTIFY_INFO_SIZE);
            return new Started(certifyInfo, in.sized4(256), in.uint32(), TpmKey.Wrapped.unmarshal(in));
        }

        /** What is the same of all keys. */
        String fixedPart() {
            TpmKey key = tempKey.key().with(PcrInfo.NONE, Bytes.EMPTY);
            return certifyInfo.slice(0, PUBKEY_DIGEST) + " " + certifyInfo.slice(PUBKEY_DIGEST + 20, 25) + " " + key
                    + tempKey.key().pubKey().size() + " " + tempKey.encData() + " " + sig.size();
        }

        Bytes encrypt(byte[] newAuth) {
            return encrypt(Bytes.copyOf(newAuth).then(NONCE));
        }

        Bytes encrypt(Bytes message) {
            return OwnedTpm.encrypt(tempKey.key().asPubkey(), message.toArray());
        }
    }

    private static Request start(int idHandle, String parms) {
        return Request.of(Ordinal.CHANGE_AUTH_ASYM_START)
                .handle(idHandle)
                .bytes(NONCE)
                .hex(parms);
    }

    private static Started started(Tpm12Client tpm, int idHandle) {
        return Started.of(
                tpm.send(start(idHandle, TEMP_PARMS).auth(tpm.oiap(KEY_AUTH).ending()))
                        .isSuccess()
                        .reader());
    }

    private static Bytes link(byte[] oldAuth, byte[] newAuth) {
        return Bytes.wrap(Hmac.mac(Digest.SHA1, oldAuth, newAuth));
    }

    private static Request finish(int parent, int ephHandle, int entityType, Bytes link, Bytes newAuth, Bytes encData) {
        return Request.of(Ordinal.CHANGE_AUTH_ASYM_FINISH)
                .handle(parent)
                .handle(ephHandle)
                .u16(entityType)
                .bytes(link)
                .sized(newAuth)
                .sized(encData);
    }

    private static TpmKey.Wrapped key(Bytes octets) {
        return TpmKey.Wrapped.unmarshal(WireReader.over(octets, TpmResult.WIRE_FAULTS));
    }

    private static Bytes signingKey(Tpm12Client tpm) {
        return OwnedTpm.createKey(tpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SMALL_PARMS));
    }

    /** Changes the auth value of {@code signing}, a child of the SRK, and uses the key by its new one. */
    private static void change(Tpm12Client tpm, TpmKey identity, int idHandle, Bytes signing) {
        Started started = started(tpm, idHandle);
        byte[] digest = Hasher.digest(Digest.SHA1, started.certifyInfo.toArray());
        assertTrue(RsaSignature.verifyPkcs1(OwnedTpm.rsa(identity), Digest.SHA1, digest, started.sig.toArray()));
        TpmKey.Wrapped old = key(signing);
        WireReader finished = tpm.send(finish(
                                SRK,
                                started.ephHandle,
                                KEY,
                                link(KEY_AUTH, NEW_AUTH),
                                started.encrypt(NEW_AUTH),
                                old.encData())
                        .auth(tpm.oiap(OWNER_AUTH)))
                .isSuccess()
                .reader();
        Bytes encData = finished.sized4(256);
        byte[] saltNonce = finished.octets(20);
        assertEquals(Bytes.wrap(Hmac.mac(Digest.SHA1, NEW_AUTH, saltNonce, NONCE.toArray())), finished.bytes(20));
        WireWriter changed = new WireWriter();
        new TpmKey.Wrapped(old.key(), encData).marshal(changed);
        int handle = OwnedTpm.loadKey(tpm, changed.toBytes());
        Request sign = Request.of(Ordinal.SIGN).handle(handle).sized(NONCE);
        tpm.send(sign.auth(tpm.oiap(NEW_AUTH).ending())).isSuccess();
        tpm.send(start(started.ephHandle, TEMP_PARMS)).hasCode(TpmResult.INVALID_KEYHANDLE);
    }

    @Test
    void changesTheAuthOfAKey() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        Bytes identity = OwnedTpm.makeIdentity(tpm);
        change(tpm, key(identity).key(), OwnedTpm.loadKey(tpm, identity), signingKey(tpm));
    }

    @SameAsSwtpm12
    void startsAndRefusesLikeSwtpm(Tpm12Pair both) {
        Tpm12Client swtpm = both.swtpm();
        OwnedTpm.own(swtpm);
        int idHandle = OwnedTpm.loadKey(swtpm, OwnedTpm.makeIdentity(swtpm));
        int signing = OwnedTpm.loadKey(swtpm, signingKey(swtpm));
        Twins twins = Twins.of(both);
        for (int handle : new int[] {idHandle, signing, SRK, 0x1234}) {
            twins.send(tpm -> start(handle, TEMP_PARMS));
            twins.send(tpm -> start(handle, TEMP_PARMS).auth(tpm.oiap(SRK_AUTH)));
        }
        for (String parms : new String[] {
            SIGNING_PARMS,
            TEMP_PARMS.replace("0003 0001", "0003 0002"),
            TEMP_PARMS.replace("0003 0001", "0002 0001"),
            TEMP_PARMS.replace("00000400", "000001f8"),
            TEMP_PARMS.replace("00000400", "00001000"),
            TEMP_PARMS.replace("00000400 00000002", "00000400 00000003"),
            "00000000 0003 0001 00000000",
            "00000006 0003 0001 00000000",
            TEMP_PARMS + "00"
        }) {
            twins.send(tpm -> start(idHandle, parms).auth(tpm.oiap(KEY_AUTH)));
        }
        Started ours = started(twins.ours(), idHandle);
        Started theirs = started(swtpm, idHandle);
        assertEquals(theirs.fixedPart(), ours.fixedPart());
        String small = TEMP_PARMS.replace("00000400", "00000200");
        for (int loaded = 3; loaded < TpmLimits.KEY_HANDLES; loaded++) {
            twins.sendRandom(tpm -> start(idHandle, small)
                            .auth(tpm.osap(ET_KEYHANDLE, idHandle, KEY_AUTH).ending()))
                    .isSuccess();
        }
        twins.send(tpm -> start(idHandle, TEMP_PARMS).auth(tpm.oiap(KEY_AUTH))).hasCode(TpmResult.NOSPACE);
    }

    @SameAsSwtpm12
    void finishesAndRefusesLikeSwtpm(Tpm12Pair both) throws Exception {
        Tpm12Client swtpm = both.swtpm();
        OwnedTpm.own(swtpm);
        Bytes identity = OwnedTpm.makeIdentity(swtpm);
        int idHandle = OwnedTpm.loadKey(swtpm, identity);
        Bytes signing = signingKey(swtpm);
        int signingHandle = OwnedTpm.loadKey(swtpm, signing);
        Bytes storage = OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0011", 0, STORAGE_PARMS));
        int parent = OwnedTpm.loadKey(swtpm, storage);
        Bytes child = key(OwnedTpm.createKey(swtpm, parent, KEY_AUTH, OwnedTpm.keyInfo("0010", 0, SMALL_PARMS)))
                .encData();
        Started started = started(swtpm, idHandle);
        int ephHandle = started.ephHandle;
        Bytes link = link(KEY_AUTH, NEW_AUTH);
        Bytes newAuth = started.encrypt(NEW_AUTH);
        Twins twins = Twins.of(both); // with the key of swtpm's
        twins.send(tpm -> finish(parent, ephHandle, KEY, link, newAuth, child));
        twins.send(tpm -> finish(parent, ephHandle, KEY, link, newAuth, child).auth(tpm.oiap(SRK_AUTH)));
        twins.send(tpm -> finish(SRK, ephHandle, KEY, link, newAuth, child).auth(tpm.oiap(SRK_AUTH)));
        twins.send(
                tpm -> finish(SRK, ephHandle, KEY, link, newAuth, child).auth(tpm.osap(ET_KEYHANDLE, SRK, SRK_AUTH)));
        twins.send(tpm -> finish(SRK, ephHandle, KEY, link, newAuth, child).auth(tpm.osap(ET_OWNER, 0, OWNER_AUTH)));
        twins.send(tpm ->
                finish(signingHandle, ephHandle, KEY, link, newAuth, child).auth(tpm.oiap(KEY_AUTH)));
        for (int handle : new int[] {idHandle, 0x1234, SRK}) {
            twins.send(tpm -> finish(parent, handle, KEY, link, newAuth, child).auth(tpm.oiap(KEY_AUTH)));
        }
        for (int entityType : new int[] {0, 1, 4, 6}) {
            twins.send(tpm ->
                    finish(parent, ephHandle, entityType, link, newAuth, child).auth(tpm.oiap(KEY_AUTH)));
        }
        for (Bytes encNewAuth : new Bytes[] {
            Bytes.EMPTY,
            child,
            Bytes.zeros(128),
            started.encrypt(SRK_AUTH),
            started.encrypt(NONCE),
            started.encrypt(Bytes.copyOf(NEW_AUTH).then(NONCE.slice(0, 19)))
        }) {
            twins.send(tpm ->
                    finish(parent, ephHandle, KEY, link, encNewAuth, child).auth(tpm.oiap(KEY_AUTH)));
        }
        for (Bytes encData : new Bytes[] {Bytes.EMPTY, newAuth, key(signing).encData(), Bytes.zeros(256)}) {
            twins.send(tpm ->
                    finish(parent, ephHandle, KEY, link, newAuth, encData).auth(tpm.oiap(KEY_AUTH)));
        }
        twins.send(tpm -> finish(parent, ephHandle, KEY, link(SRK_AUTH, NEW_AUTH), newAuth, child)
                .auth(tpm.oiap(KEY_AUTH)));
        twins.sendRandom(tpm -> finish(
                                parent,
                                ephHandle,
                                KEY,
                                link,
                                started.encrypt(
                                        Bytes.copyOf(NEW_AUTH).then(NONCE).then(NONCE)),
                                child)
                        .auth(tpm.osap(ET_KEYHANDLE, parent, KEY_AUTH)))
                .isSuccess();
        twins.send(tpm -> finish(parent, ephHandle, KEY, link, newAuth, child).auth(tpm.oiap(KEY_AUTH)));
        change(twins.ours(), key(identity).key(), idHandle, signing);
        change(swtpm, key(identity).key(), idHandle, signing);
    }
}
