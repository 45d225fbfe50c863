package org.jswtpm.engine.tpm12.command.identity;

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

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_MakeIdentity and TPM_ActivateIdentity. */
class IdentityTest {
    private static final Bytes LABEL = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final String IDENTITY = OwnedTpm.keyInfo("0012", 0, SIGNING_PARMS);
    private static final String SYMMETRIC_KEY = "00000006 0004 0010 c0c1c2c3c4c5c6c7c8c9cacbcccdcecf";
    private static final String NO_PCRS = "0003 000000 1f 0000000000000000000000000000000000000000";

    private static Request make(Tpm12Client tpm, String keyInfo, ClientSession owner) {
        return Request.of(Ordinal.MAKE_IDENTITY)
                .bytes(owner.encrypt(KEY_AUTH))
                .bytes(LABEL)
                .hex(keyInfo)
                .auth(tpm.oiap(SRK_AUTH))
                .auth(owner);
    }

    private static Request make(Tpm12Client tpm, String keyInfo) {
        return make(tpm, keyInfo, tpm.osap(ET_OWNER, SRK, OWNER_AUTH));
    }

    @SameAsSwtpm12
    void makesAnIdentityThatSwtpmKnows(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        WireReader reader =
                twins.sendRandom(tpm -> make(tpm, IDENTITY)).isSuccess().reader();
        int begin = reader.position();
        TpmKey.Wrapped identity = TpmKey.Wrapped.unmarshal(reader);
        assertEquals(0, begin);
        assertEquals(256, reader.uint32());
        byte[] binding = reader.octets(256);
        WireWriter contents = new WireWriter();
        contents.bytes(Bytes.hex("01010000 00000079")).bytes(LABEL);
        identity.key().asPubkey().marshal(contents);
        assertTrue(RsaSignature.verifyPkcs1(
                OwnedTpm.rsa(identity.key()), Digest.SHA1, Hasher.digest(Digest.SHA1, contents.toArray()), binding));
        WireWriter key = new WireWriter();
        identity.marshal(key);
        int theirs = OwnedTpm.loadKey(twins.swtpm(), key.toBytes());
        Request nothing = Request.of(Ordinal.GET_PUB_KEY)
                .handle(theirs)
                .auth(twins.swtpm().oiap(KEY_AUTH));
        WireReader pubkey = twins.swtpm().send(nothing).isSuccess().reader();
        assertEquals(identity.key().asPubkey(), Pubkey.unmarshal(pubkey));
    }

    @SameAsSwtpm12
    void refusesIdentitiesLikeSwtpm(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        twins.send(tpm -> make(tpm, OwnedTpm.keyInfo("0012", 2, SIGNING_PARMS)));
        twins.send(tpm -> make(tpm, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS)));
        twins.send(tpm -> make(tpm, OwnedTpm.keyInfo("0011", 0, STORAGE_PARMS)));
        twins.send(tpm -> make(tpm, OwnedTpm.keyInfo("0012", 0, STORAGE_PARMS)));
        twins.send(tpm -> make(tpm, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS.replace("0800", "0400"))));
        twins.send(tpm -> make(tpm, IDENTITY, tpm.osap(ET_OWNER, SRK, KEY_AUTH)));
        twins.send(tpm -> make(tpm, IDENTITY, tpm.osap(ET_KEYHANDLE, SRK, SRK_AUTH)));
        twins.send(tpm -> make(tpm, IDENTITY, tpm.oiap(OWNER_AUTH)));
        twins.send(tpm -> {
            ClientSession owner = tpm.osap(ET_OWNER, SRK, OWNER_AUTH);
            return Request.of(Ordinal.MAKE_IDENTITY)
                    .bytes(LABEL)
                    .bytes(LABEL)
                    .hex(IDENTITY)
                    .auth(owner);
        });
        twins.send(tpm -> {
            ClientSession owner = tpm.osap(ET_OWNER, SRK, KEY_AUTH);
            return Request.of(Ordinal.MAKE_IDENTITY)
                    .bytes(LABEL)
                    .bytes(LABEL)
                    .hex(IDENTITY)
                    .auth(owner);
        });
        twins.send(tpm -> {
            ClientSession owner = tpm.osap(ET_OWNER, SRK, OWNER_AUTH);
            return Request.of(Ordinal.MAKE_IDENTITY)
                    .bytes(LABEL)
                    .bytes(LABEL)
                    .hex(IDENTITY)
                    .auth(tpm.oiap(KEY_AUTH))
                    .auth(owner);
        });
    }

    private static Request activate(int idKey, Bytes blob) {
        return Request.of(Ordinal.ACTIVATE_IDENTITY).handle(idKey).sized(blob);
    }

    @SameAsSwtpm12
    void activatesAndRefusesLikeSwtpm(Tpm12Pair both) {
        Tpm12Client swtpm = both.swtpm();
        Pubkey endorsementKey = OwnedTpm.createEndorsementKey(swtpm);
        OwnedTpm.takeOwnership(swtpm, endorsementKey);
        WireReader made = swtpm.send(make(swtpm, IDENTITY)).isSuccess().reader();
        TpmKey.Wrapped identity = TpmKey.Wrapped.unmarshal(made);
        WireWriter key = new WireWriter();
        identity.marshal(key);
        int idKey = OwnedTpm.loadKey(swtpm, key.toBytes());
        int signing = OwnedTpm.loadKey(
                swtpm, OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS)));
        Twins twins = Twins.of(both);
        String digest = identity.key().asPubkey().digest().toString();
        String activation = "002b" + SYMMETRIC_KEY + digest;
        String[] blobs = {
            SYMMETRIC_KEY + digest,
            SYMMETRIC_KEY + digest + "00",
            SYMMETRIC_KEY + LABEL,
            SYMMETRIC_KEY,
            "",
            "00",
            ekBlob("0001", activation + NO_PCRS),
            ekBlob("0002", activation + NO_PCRS),
            ekBlob("0001", activation + NO_PCRS.replace("1f", "02")),
            ekBlob("0001", activation + NO_PCRS.replace("000000 ", "010000 ")),
            ekBlob("0001", "002b" + SYMMETRIC_KEY + LABEL + NO_PCRS),
            ekBlob("0001", activation),
            ekBlob("0001", "002c"),
        };
        for (String message : blobs) {
            Bytes blob = OwnedTpm.encrypt(endorsementKey, Bytes.hex(message).toArray());
            twins.send(tpm -> activate(idKey, blob)
                    .auth(tpm.oiap(KEY_AUTH).ending())
                    .auth(tpm.oiap(OWNER_AUTH).ending()));
        }
        Bytes good = OwnedTpm.encrypt(endorsementKey, Bytes.hex(blobs[0]).toArray());
        Reply reply = twins.send(tpm -> activate(idKey, good)
                .auth(tpm.osap(ET_KEYHANDLE, idKey, KEY_AUTH).ending())
                .auth(tpm.osap(ET_OWNER, SRK, OWNER_AUTH).ending()));
        reply.hasParameters(SYMMETRIC_KEY);
        twins.send(tpm -> activate(idKey, good).auth(tpm.oiap(OWNER_AUTH)));
        twins.send(tpm -> activate(idKey, good).auth(tpm.oiap(KEY_AUTH)));
        twins.send(tpm -> activate(idKey, good).auth(tpm.oiap(OWNER_AUTH)).auth(tpm.oiap(OWNER_AUTH)));
        twins.send(tpm -> activate(idKey, good).auth(tpm.oiap(KEY_AUTH)).auth(tpm.oiap(KEY_AUTH)));
        twins.send(tpm -> activate(signing, good).auth(tpm.oiap(KEY_AUTH)).auth(tpm.oiap(OWNER_AUTH)));
        twins.send(tpm -> activate(0x1234, good).auth(tpm.oiap(KEY_AUTH)).auth(tpm.oiap(OWNER_AUTH)));
        twins.send(tpm -> activate(idKey, LABEL).auth(tpm.oiap(KEY_AUTH)).auth(tpm.oiap(OWNER_AUTH)));
    }

    private static String ekBlob(String type, String content) {
        Bytes octets = Bytes.hex(content);
        return "000c" + type + String.format("%08x", octets.size()) + octets;
    }
}
