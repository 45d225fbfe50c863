package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.OwnedTpm.ET_KEYHANDLE;
import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH2FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_VERSION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTSEALED_BLOB;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONGPCRVAL;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** What TPM_Seal, TPM_Sealx, TPM_Unseal, TPM_UnBind, TPM_CreateWrapKey, TPM_LoadKey and TPM_GetPubKey refuse, and TPM_UnBind does. */
class StorageTest {
    private static final int SIGNING = KeptState.SIGNING_KEY;
    private static final int LEGACY = KeptState.LEGACY_KEY;
    private static final Bytes SECRET = Bytes.hex("73656372657420746f207365616c");
    private static final String NO_DIGEST = "00".repeat(20);
    private static final String PCR_10 = "0002 0004";
    /** TPM_PCR_INFO with the value of PCR 10 after a start. */
    private static final String PCR_INFO = PCR_10 + composite(PCR_10, 1) + NO_DIGEST;

    private static final Pubkey LEGACY_PUBKEY = Pubkey.unmarshal(WireReader.over(
            Bytes.hex("00000001 0003 0002 0000000c 00000400 00000002 00000000 00000080")
                    .then(KeptState.LEGACY_MODULUS),
            TpmResult.WIRE_FAULTS));

    /** The digest of a TPM_PCR_COMPOSITE of so many PCRs that are zero. */
    private static String composite(String selection, int count) {
        String octets = selection + String.format("%08x", count * 20) + NO_DIGEST.repeat(count);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, Bytes.hex(octets).toArray()))
                .toString();
    }

    private static Request seal(Ordinal ordinal, int key, String pcrInfo, Bytes data, ClientSession session) {
        return Request.of(ordinal)
                .handle(key)
                .bytes(session.encrypt(KEY_AUTH))
                .sized(Bytes.hex(pcrInfo))
                .sized(data)
                .auth(session);
    }

    private static Bytes sealed(Tpm12Client tpm, String pcrInfo) {
        ClientSession session = tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK);
        return tpm.send(seal(Ordinal.SEAL, SRK, pcrInfo, SECRET, session))
                .isSuccess()
                .parameters();
    }

    private static Request unseal(Tpm12Client tpm, int key, byte[] keyAuth, Bytes blob, byte[] dataAuth) {
        return Request.of(Ordinal.UNSEAL)
                .handle(key)
                .bytes(blob)
                .auth(tpm.oiap(keyAuth).ending())
                .auth(tpm.oiap(dataAuth).ending());
    }

    private static Request unbind(int key, Bytes data) {
        return Request.of(Ordinal.UN_BIND).handle(key).sized(data);
    }

    private static Bytes bound(String message) {
        return OwnedTpm.encrypt(LEGACY_PUBKEY, Bytes.hex(message).toArray());
    }

    private static Request pubkey(int key) {
        return Request.of(Ordinal.GET_PUB_KEY).handle(key);
    }

    private static String parms(String schemes, int bits) {
        return "00000001" + schemes + "0000000c" + String.format("%08x", bits) + "00000002 00000000";
    }

    private static Request create(Tpm12Client tpm, int parent, byte[] auth, String keyInfo) {
        ClientSession session = tpm.osap(ET_KEYHANDLE, parent, auth);
        return Request.of(Ordinal.CREATE_WRAP_KEY)
                .handle(parent)
                .bytes(session.encrypt(KEY_AUTH))
                .bytes(session.encryptSecond(KEY_AUTH))
                .hex(keyInfo)
                .auth(session);
    }

    /** Ends the sessions of commands that could not be read: nothing else does. */
    private static void endSessions(Tpm12Client tpm) {
        tpm.send(Request.of(Ordinal.RESET)).isSuccess();
    }

    private static Bytes damaged(Bytes octets, int at) {
        byte[] copy = octets.toArray();
        copy[at < 0 ? copy.length + at : at] ^= 1;
        return Bytes.wrap(copy);
    }

    @Test
    void unbindsWhatAnybodyEncrypts() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes good = bound("01010000 02" + SECRET);
        tpm.send(unbind(LEGACY, good).auth(tpm.oiap(KeptState.LEGACY))).hasParameters("0000000e" + SECRET);
        tpm.send(unbind(LEGACY, good)).hasCode(AUTHFAIL);
        tpm.send(unbind(LEGACY, Bytes.EMPTY).auth(tpm.oiap(KeptState.LEGACY))).hasCode(BAD_PARAMETER);
        tpm.send(unbind(SIGNING, good).auth(tpm.oiap(KeptState.SIGNING))).hasCode(INVALID_KEYUSAGE);
        tpm.send(unbind(LEGACY, bound("01020000 02" + SECRET)).auth(tpm.oiap(KeptState.LEGACY)))
                .hasCode(BAD_VERSION);
    }

    @Test
    void sealsToPcrs() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes blob = sealed(tpm, PCR_INFO);
        tpm.send(unseal(tpm, SRK, KeptState.SRK, blob, KEY_AUTH)).hasParameters("0000000e" + SECRET);
        tpm.send(unseal(tpm, SRK, KeptState.SRK, blob, KeptState.SRK)).hasCode(AUTH2FAIL);
        tpm.send(unseal(tpm, SRK, KeptState.SRK, damaged(blob, -1), KEY_AUTH)).hasCode(NOTSEALED_BLOB);
        tpm.send(Request.of(Ordinal.EXTEND).u32(10).bytes(Bytes.zeros(20))).isSuccess();
        tpm.send(unseal(tpm, SRK, KeptState.SRK, blob, KEY_AUTH)).hasCode(WRONGPCRVAL);
        tpm.send(pubkey(SRK).auth(tpm.oiap(KeptState.SRK))).hasCode(INVALID_KEYHANDLE);
    }

    @SameAsSwtpm12
    void sealsAndUnsealsLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            String longInfo = "0006 1f 1f 0003 000400 0003 000400" + NO_DIGEST + composite("0003 000400", 1);
            String[] infos = {"", PCR_INFO, longInfo, longInfo.replace("1f 1f", "1f 02"), "00", PCR_INFO + "00", "0006"
            };
            for (String info : infos) {
                endSessions(tpm);
                for (Ordinal ordinal : new Ordinal[] {Ordinal.SEAL, Ordinal.SEALX}) {
                    ClientSession session = tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK);
                    Bytes blob = tpm.noteCode(seal(ordinal, SRK, info, SECRET, session))
                            .parameters();
                    if (!blob.isEmpty() && ordinal == Ordinal.SEAL) {
                        tpm.note(unseal(tpm, SRK, KeptState.SRK, blob, KEY_AUTH));
                    }
                    if (!blob.isEmpty()) {
                        tpm.noteCode(Request.of(Ordinal.UNSEAL)
                                .handle(SRK)
                                .bytes(blob)
                                .auth(tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK).ending())
                                .auth(tpm.oiap(KEY_AUTH).ending()));
                    }
                }
            }
            endSessions(tpm);
            for (int size : new int[] {0, 1, 100, 193, 194, 213, 214, 256, 1000}) {
                ClientSession session = tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK);
                tpm.noteCode(seal(Ordinal.SEAL, SRK, "", Bytes.zeros(size), session));
            }
            tpm.note(seal(Ordinal.SEAL, SRK, "", SECRET, tpm.oiap(KeptState.SRK)));
            tpm.note(seal(Ordinal.SEALX, SRK, "", SECRET, tpm.osap(ET_KEYHANDLE, SRK, KeptState.OWNER)));
            tpm.note(seal(Ordinal.SEAL, SIGNING, "", SECRET, tpm.osap(ET_KEYHANDLE, SIGNING, KeptState.SIGNING)));
            Bytes blob = sealed(tpm, "");
            for (int at = -1; at < 40; at++) {
                endSessions(tpm);
                tpm.note(unseal(tpm, SRK, KeptState.SRK, damaged(blob, at), KEY_AUTH));
            }
            tpm.note(unseal(tpm, SRK, KeptState.OWNER, blob, KEY_AUTH));
            tpm.note(unseal(tpm, SIGNING, KeptState.SIGNING, blob, KEY_AUTH));
            tpm.note(unseal(tpm, LEGACY, KeptState.LEGACY, blob, KEY_AUTH));
            tpm.note(Request.of(Ordinal.UNSEAL).handle(SRK).bytes(blob).auth(tpm.oiap(KEY_AUTH)));
        });
    }

    @SameAsSwtpm12
    void unbindsAndShowsKeysLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            String[] messages = {
                "01010000 02" + SECRET,
                "01010000 02",
                "01010101 02" + SECRET,
                "01020000 02" + SECRET,
                "02010000 02" + SECRET,
                "01010000 03" + SECRET,
                "01010000",
                "0101",
                ""
            };
            for (String message : messages) {
                tpm.note(unbind(LEGACY, bound(message))
                        .auth(tpm.oiap(KeptState.LEGACY).ending()));
            }
            Bytes good = bound(messages[0]);
            Bytes[] blobs = {Bytes.EMPTY, Bytes.zeros(1), Bytes.zeros(128), damaged(good, 5), good.then(good)};
            for (Bytes blob : blobs) {
                tpm.note(unbind(LEGACY, blob).auth(tpm.oiap(KeptState.LEGACY).ending()));
            }
            for (int key : new int[] {LEGACY, SIGNING, SRK, 0x1234, 0x4000_0006, 0x4000_0001}) {
                endSessions(tpm);
                tpm.send(Request.of(Ordinal.RESET_LOCK_VALUE)
                                .auth(tpm.oiap(KeptState.OWNER).ending()))
                        .isSuccess();
                tpm.note(unbind(key, good));
                tpm.note(unbind(key, good).auth(tpm.oiap(KeptState.SRK).ending()));
                tpm.note(unbind(key, good).auth(tpm.oiap(KeptState.SIGNING).ending()));
                tpm.note(pubkey(key));
                tpm.note(pubkey(key).auth(tpm.oiap(KeptState.SRK).ending()));
                tpm.note(pubkey(key).auth(tpm.oiap(KeptState.SIGNING).ending()));
            }
        });
    }

    @SameAsSwtpm12
    void createsAndLoadsKeysLikeSwtpm() throws Exception {
        Bytes made = OwnedTpm.createKey(
                KeptState.started(), SRK, KeptState.SRK, OwnedTpm.keyInfo("0010", 2, parms("0001 0002", 512)));
        KeptState.compare(tpm -> {
            String[] infos = {
                OwnedTpm.keyInfo("0010", 0, parms("0001 0002", 512)),
                OwnedTpm.keyInfo("0010", 0, parms("0003 0002", 512)),
                OwnedTpm.keyInfo("0010", 0, parms("0001 0001", 512)),
                OwnedTpm.keyInfo("0010", 16, parms("0001 0002", 512)),
                OwnedTpm.keyInfo("0010", 32, parms("0001 0002", 512)),
                OwnedTpm.keyInfo("0010", 0, parms("0001 0002", 4096)),
                OwnedTpm.keyInfo("0011", 0, parms("0003 0001", 1024)),
                OwnedTpm.keyInfo("0012", 0, parms("0001 0002", 2048)),
                OwnedTpm.keyInfo("0013", 0, parms("0003 0001", 512)),
                OwnedTpm.keyInfo("0014", 0, parms("0003 0001", 512)),
                OwnedTpm.keyInfo("0014", 0, parms("0002 0001", 512)),
                OwnedTpm.keyInfo("0015", 0, parms("0002 0003", 512)),
                OwnedTpm.keyInfo("0015", 0, parms("0002 0004", 512)),
                OwnedTpm.keyInfo("0016", 0, parms("0003 0001", 512)),
                OwnedTpm.keyInfo("0017", 0, parms("0001 0002", 512)),
                "01010000 0010 00000000 01" + parms("0001 0002", 512) + "00000000 00000000 00000000",
                "01010000 0010 00000000 00" + parms("0001 0002", 512) + "0000002c"
                        + PCR_INFO.replace("0002 0004", "0002 0001") + "00000000 00000000"
            };
            for (String info : infos) {
                endSessions(tpm);
                tpm.noteCode(create(tpm, SRK, KeptState.SRK, info));
            }
            tpm.note(create(tpm, SRK, KeptState.OWNER, infos[0]));
            tpm.note(create(tpm, SIGNING, KeptState.SIGNING, infos[0]));
            for (Ordinal ordinal : new Ordinal[] {Ordinal.LOAD_KEY, Ordinal.LOAD_KEY2}) {
                endSessions(tpm);
                int undigested = ordinal == Ordinal.LOAD_KEY2 ? 4 : 0;
                Request load = Request.of(ordinal).handle(SRK).bytes(made).undigestedResponse(undigested);
                tpm.noteCode(load.auth(tpm.oiap(KeptState.SRK).ending()));
                for (int at : new int[] {0, 1, 5, 9, 10, 14, 16, 20, 50, 60, 100, -1}) {
                    Request wrong = Request.of(ordinal).handle(SRK).bytes(damaged(made, at));
                    tpm.note(wrong.auth(tpm.oiap(KeptState.SRK).ending()));
                }
                tpm.note(Request.of(ordinal).handle(SRK).bytes(made));
                tpm.note(Request.of(ordinal).handle(SRK).bytes(made).auth(tpm.oiap(KeptState.OWNER)));
                tpm.note(Request.of(ordinal).handle(SIGNING).bytes(made).auth(tpm.oiap(KeptState.SIGNING)));
            }
        });
    }
}
