package org.jswtpm.engine.tpm12.command.authdata;

import static org.jswtpm.engine.tpm12.OwnedTpm.ET_KEYHANDLE;
import static org.jswtpm.engine.tpm12.OwnedTpm.ET_OWNER;
import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH2FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM_ChangeAuth and TPM_ChangeAuthOwner. */
class ChangeAuthTest {
    private static final byte[] NEW_AUTH = "another password too".getBytes(StandardCharsets.US_ASCII);
    private static final Bytes SECRET = Bytes.hex("73656372657420746f207365616c");
    /** TPM_ET_KEY. */
    private static final int KEY = 5;
    /** TPM_ET_DATA. */
    private static final int DATA = 3;

    private static final int PID_ADCP = 4;
    private static final String PARMS = OwnedTpm.SIGNING_PARMS.replace("00000800", "00000200");

    private static Request change(int parent, ClientSession session, int protocol, int type, Bytes encData) {
        return Request.of(Ordinal.CHANGE_AUTH)
                .handle(parent)
                .u16(protocol)
                .bytes(session.encrypt(NEW_AUTH))
                .u16(type)
                .sized(encData)
                .auth(session);
    }

    private static Request change(Tpm12Client tpm, int protocol, int type, Bytes encData, byte[] oldAuth) {
        return change(SRK, tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK), protocol, type, encData)
                .auth(tpm.oiap(oldAuth));
    }

    private static Bytes changed(Tpm12Client tpm, int type, Bytes encData) {
        return tpm.send(change(tpm, PID_ADCP, type, encData, KEY_AUTH))
                .isSuccess()
                .reader()
                .sized4(256);
    }

    private static Request changeOwner(ClientSession session, int protocol, int type) {
        return Request.of(Ordinal.CHANGE_AUTH_OWNER)
                .u16(protocol)
                .bytes(session.encrypt(NEW_AUTH))
                .u16(type)
                .auth(session);
    }

    private static Bytes sealed(Tpm12Client tpm) {
        ClientSession session = tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK);
        return tpm.send(Request.of(Ordinal.SEAL)
                        .handle(SRK)
                        .bytes(session.encrypt(KEY_AUTH))
                        .sized(Bytes.EMPTY)
                        .sized(SECRET)
                        .auth(session))
                .isSuccess()
                .parameters();
    }

    private static Bytes encData(Bytes sealed) {
        return sealed.slice(sealed.size() - 256, 256);
    }

    private static TpmKey.Wrapped key(Tpm12Client tpm) {
        Bytes key = OwnedTpm.createKey(tpm, SRK, KeptState.SRK, OwnedTpm.keyInfo("0010", 0, PARMS));
        return TpmKey.Wrapped.unmarshal(WireReader.over(key, TpmResult.WIRE_FAULTS));
    }

    @Test
    void changesTheAuthOfSealedData() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes sealed = sealed(tpm);
        Bytes head = sealed.slice(0, sealed.size() - 256);
        Bytes changed = head.then(changed(tpm, DATA, encData(sealed)));
        Request unseal = Request.of(Ordinal.UNSEAL).handle(SRK).bytes(changed);
        tpm.send(unseal.auth(tpm.oiap(KeptState.SRK)).auth(tpm.oiap(NEW_AUTH))).hasParameters("0000000e" + SECRET);
        tpm.send(change(tpm, PID_ADCP, DATA, encData(sealed), KeptState.SRK)).hasCode(AUTH2FAIL);
        tpm.send(change(tpm, 5, DATA, encData(sealed), KEY_AUTH)).hasCode(BAD_PARAMETER);
        tpm.send(change(tpm, PID_ADCP, 1, encData(sealed), KEY_AUTH)).hasCode(WRONG_ENTITYTYPE);
    }

    @Test
    void changesTheAuthOfAKey() {
        Tpm12Fixture tpm = KeptState.started();
        TpmKey.Wrapped key = key(tpm);
        WireWriter changed = new WireWriter();
        new TpmKey.Wrapped(key.key(), changed(tpm, KEY, key.encData())).marshal(changed);
        int handle = tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(SRK)
                        .bytes(changed.toBytes())
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.SRK)))
                .isSuccess()
                .reader()
                .uint32();
        Request sign = Request.of(Ordinal.SIGN).handle(handle).sized(Bytes.zeros(20));
        tpm.send(sign.auth(tpm.oiap(NEW_AUTH))).isSuccess();
    }

    @Test
    void anOwnerWhoseAuthIsChangedHasToKnowIt() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), PID_ADCP, ET_OWNER))
                .isSuccess();
        tpm.send(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), PID_ADCP, ET_OWNER))
                .hasCode(AUTHFAIL);
        tpm.send(changeOwner(tpm.osap(ET_OWNER, 0, NEW_AUTH), PID_ADCP, 4)).isSuccess();
    }

    @SameAsSwtpm12
    void changesAndRefusesLikeSwtpm() throws Exception {
        Tpm12Fixture maker = KeptState.started();
        Bytes data = encData(sealed(maker));
        Bytes key = key(maker).encData();
        KeptState.compare(tpm -> {
            for (int type : new int[] {0, 1, 2, 3, 4, 5, 6, 0x0600 | KEY}) {
                tpm.send(Request.of(Ordinal.RESET)).isSuccess();
                for (int protocol : new int[] {PID_ADCP, 1, 5}) {
                    tpm.noteCode(change(tpm, protocol, type, key, KEY_AUTH));
                    tpm.noteCode(change(tpm, protocol, type, data, KEY_AUTH));
                }
                tpm.note(change(tpm, PID_ADCP, type, key, KeptState.SRK));
                tpm.note(change(tpm, PID_ADCP, type, data, KeptState.SRK));
            }
            tpm.send(Request.of(Ordinal.RESET)).isSuccess();
            for (Bytes wrong : new Bytes[] {Bytes.EMPTY, Bytes.zeros(256), data.then(data)}) {
                tpm.note(change(tpm, PID_ADCP, KEY, wrong, KEY_AUTH));
            }
            tpm.note(change(SRK, tpm.oiap(KeptState.SRK), PID_ADCP, KEY, key).auth(tpm.oiap(KEY_AUTH)));
            tpm.note(change(SRK, tpm.osap(ET_KEYHANDLE, SRK, KeptState.OWNER), PID_ADCP, KEY, key)
                    .auth(tpm.oiap(KEY_AUTH)));
            tpm.note(change(SRK, tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK), PID_ADCP, KEY, key)
                    .auth(tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK)));
            int signing = KeptState.SIGNING_KEY;
            tpm.note(change(signing, tpm.osap(ET_KEYHANDLE, signing, KeptState.SIGNING), PID_ADCP, KEY, key)
                    .auth(tpm.oiap(KEY_AUTH)));
            tpm.note(change(0x1234, tpm.osap(ET_KEYHANDLE, SRK, KeptState.SRK), PID_ADCP, KEY, key)
                    .auth(tpm.oiap(KEY_AUTH)));
            tpm.send(Request.of(Ordinal.RESET)).isSuccess();
            for (int type : new int[] {0, 1, 3, 5}) {
                tpm.note(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), PID_ADCP, type));
            }
            tpm.note(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), 5, ET_OWNER));
            tpm.note(changeOwner(tpm.oiap(KeptState.OWNER), PID_ADCP, ET_OWNER));
            tpm.note(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.SRK), PID_ADCP, ET_OWNER));
            tpm.note(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), PID_ADCP, 4));
            tpm.note(changeOwner(tpm.osap(ET_OWNER, 0, KeptState.OWNER), PID_ADCP, ET_OWNER));
            tpm.note(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(NEW_AUTH)));
            tpm.note(Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.oiap(KeptState.OWNER)));
        });
    }
}
