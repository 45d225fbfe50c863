package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAMILYCOUNT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.KEYNOTFOUND;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** The commands of delegation, TPM_DSAP and TPM_SetOwnerPointer. */
class DelegationTest {
    private static final byte[] DELEGATE = "auth of the delegate".getBytes(StandardCharsets.US_ASCII);
    private static final int CREATE = 1;
    private static final int ENABLE = 2;
    private static final int ADMIN = 3;
    private static final int INVALIDATE = 4;
    /** TPM_DELEGATE_CreateCounter and TPM_DELEGATE_Manage. */
    private static final int OWNER_PERMISSIONS = 1 << 4 | 1 << 2;
    /** TPM_KEY_DELEGATE_TickStampBlob. */
    private static final int KEY_PERMISSIONS = 1 << 27;

    private static final Bytes ROW_1 = Bytes.hex("00000001");

    private static Request manage(int familyId, int opCode, String data) {
        return Request.of(Ordinal.DELEGATE_MANAGE).u32(familyId).u32(opCode).sized(Bytes.hex(data));
    }

    private static ClientSession owner(Tpm12Client tpm) {
        return tpm.oiap(KeptState.OWNER).ending();
    }

    private static Bytes publicInfo(int type, int permissions, int familyId) {
        return new WireWriter()
                .bytes(Bytes.hex("001b 61 0003 000000 1f 0000000000000000000000000000000000000000 001a"))
                .uint32(type)
                .uint32(permissions)
                .uint32(0)
                .uint32(familyId)
                .uint32(7)
                .toBytes();
    }

    private static Request createOwner(Tpm12Client tpm, int increment, int type, int permissions, int familyId) {
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        return Request.of(Ordinal.DELEGATE_CREATE_OWNER_DELEGATION)
                .u8(increment)
                .bytes(publicInfo(type, permissions, familyId))
                .bytes(osap.encrypt(DELEGATE))
                .auth(osap);
    }

    private static Request createKey(Tpm12Client tpm, int type, int permissions, int familyId) {
        ClientSession osap = tpm.osap(EntityType.KEYHANDLE, KeptState.SIGNING_KEY, KeptState.SIGNING);
        return Request.of(Ordinal.DELEGATE_CREATE_KEY_DELEGATION)
                .handle(KeptState.SIGNING_KEY)
                .bytes(publicInfo(type, permissions, familyId))
                .bytes(osap.encrypt(DELEGATE))
                .auth(osap);
    }

    private static Request load(Tpm12Client tpm, int index, Bytes sizedBlob) {
        return Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION)
                .u32(index)
                .bytes(sizedBlob)
                .auth(owner(tpm));
    }

    private static Request createCounter(ClientSession session) {
        return Request.of(Ordinal.CREATE_COUNTER)
                .bytes(session.encrypt(DELEGATE))
                .hex("61626364")
                .auth(session);
    }

    private static Request stamp(ClientSession session) {
        return Request.of(Ordinal.TICK_STAMP_BLOB)
                .handle(KeptState.SIGNING_KEY)
                .bytes(Bytes.zeros(40))
                .auth(session);
    }

    private static Request dsap(int entityType, int keyHandle, Bytes value) {
        return Request.of(Ordinal.DSAP)
                .u16(entityType)
                .u32(keyHandle)
                .bytes(Bytes.zeros(20))
                .sized(value);
    }

    private static Bytes withoutSize(Reply reply) {
        WireReader reader = reply.isSuccess().reader();
        return reader.sized4(1000);
    }

    private static Bytes damaged(Bytes blob, int at) {
        byte[] octets = blob.toArray();
        octets[at < 0 ? octets.length + at : at] ^= 1;
        return Bytes.wrap(octets);
    }

    private static Tpm12Fixture withFamily() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(manage(0, CREATE, "66").auth(owner(tpm))).hasParameters("00000004 00000001");
        tpm.send(manage(1, ENABLE, "01").auth(owner(tpm))).hasParameters("00000000");
        return tpm;
    }

    @Test
    void aDelegateOfTheOwnerMayDoWhatIsDelegated() {
        Tpm12Fixture tpm = withFamily();
        Reply blob = tpm.send(createOwner(tpm, 1, Delegations.OWNER_BITS, OWNER_PERMISSIONS, 1));
        tpm.send(load(tpm, 1, blob.parameters())).isSuccess();
        tpm.send(Request.of(Ordinal.DELEGATE_READ_TABLE))
                .hasParameters("0000000f 0025 66 00000001 00000002 00000001 00000037 00000001001b 61 0003 000000 1f"
                        + " 0000000000000000000000000000000000000000 001a 00000001 00000014"
                        + " 0000000000000001 00000002");
        tpm.send(createCounter(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE)))
                .isSuccess();
        tpm.send(createCounter(tpm.dsap(EntityType.DEL_OWNER_BLOB, 0, withoutSize(blob), DELEGATE)))
                .isSuccess();
        ClientSession session = tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE);
        tpm.send(Request.of(Ordinal.RELEASE_COUNTER_OWNER).u32(0).auth(session)).hasCode(AUTHFAIL);
        tpm.send(createCounter(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, KeptState.OWNER)))
                .hasCode(AUTHFAIL);
    }

    /** Bit 23 of TPM_DELEGATIONS is TPM_DAA_Join, bit 0 TPM_DAA_Sign (Part 2, 20.2). */
    @Test
    void aDelegateOfTheOwnerMayAttestAnonymously() {
        Tpm12Fixture tpm = withFamily();
        for (boolean isJoin : new boolean[] {true, false}) {
            Reply made = tpm.send(createOwner(tpm, 0, Delegations.OWNER_BITS, isJoin ? 1 << 23 : 1, 1));
            Bytes blob = withoutSize(made);
            tpm.send(daa(Ordinal.DAA_JOIN).auth(tpm.dsap(EntityType.DEL_OWNER_BLOB, 0, blob, DELEGATE)))
                    .hasCode(isJoin ? DAA_INPUT_DATA0 : AUTHFAIL);
            tpm.send(daa(Ordinal.DAA_SIGN).auth(tpm.dsap(EntityType.DEL_OWNER_BLOB, 0, blob, DELEGATE)))
                    .hasCode(isJoin ? AUTHFAIL : DAA_INPUT_DATA0);
        }
    }

    /** Stage 0 without its input. */
    private static Request daa(Ordinal ordinal) {
        return Request.of(ordinal).handle(0).u8(0).sized(Bytes.EMPTY).sized(Bytes.EMPTY);
    }

    @Test
    void aDelegateOfAKeyMayDoWhatIsDelegated() {
        Tpm12Fixture tpm = withFamily();
        Bytes blob = withoutSize(tpm.send(createKey(tpm, Delegations.KEY_BITS, KEY_PERMISSIONS, 1)));
        tpm.send(stamp(tpm.dsap(EntityType.DEL_KEY_BLOB, KeptState.SIGNING_KEY, blob, DELEGATE)))
                .isSuccess();
        tpm.send(dsap(EntityType.DEL_KEY_BLOB, KeptState.LEGACY_KEY, blob)).hasCode(KEYNOTFOUND);
        Bytes useless = withoutSize(tpm.send(createKey(tpm, Delegations.KEY_BITS, 1, 1)));
        tpm.send(stamp(tpm.dsap(EntityType.DEL_KEY_BLOB, KeptState.SIGNING_KEY, useless, DELEGATE)))
                .hasCode(AUTHFAIL);
    }

    @Test
    void theOwnerPointerStandsForTheOwner() {
        Tpm12Fixture tpm = withFamily();
        Reply blob = tpm.send(createOwner(tpm, 0, Delegations.OWNER_BITS, OWNER_PERMISSIONS, 1));
        tpm.send(load(tpm, 1, blob.parameters())).isSuccess();
        Request point =
                Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.DEL_ROW).u32(1);
        tpm.send(point).isSuccess();
        tpm.send(createCounter(tpm.osap(EntityType.OWNER, 0, DELEGATE))).isSuccess();
        tpm.send(createCounter(tpm.osap(EntityType.OWNER, 0, KeptState.OWNER))).hasCode(AUTHFAIL);
        tpm.send(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.OWNER).u32(0))
                .isSuccess();
        tpm.send(createCounter(tpm.osap(EntityType.OWNER, 0, KeptState.OWNER))).isSuccess();
    }

    @Test
    void aNewGenerationEndsDelegationsUntilTheyAreUpdated() {
        Tpm12Fixture tpm = withFamily();
        Bytes old = withoutSize(tpm.send(createOwner(tpm, 0, Delegations.OWNER_BITS, OWNER_PERMISSIONS, 1)));
        tpm.send(createOwner(tpm, 1, Delegations.OWNER_BITS, OWNER_PERMISSIONS, 1))
                .isSuccess();
        Request verify = Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION);
        tpm.send(verify.sized(old)).hasCode(FAMILYCOUNT);
        tpm.send(dsap(EntityType.DEL_OWNER_BLOB, 0, old)).hasCode(FAMILYCOUNT);
        Bytes updated = withoutSize(tpm.send(
                Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION).sized(old).auth(owner(tpm))));
        tpm.send(Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION).sized(updated)).isSuccess();
        tpm.send(Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION).sized(damaged(updated, -1)))
                .hasCode(AUTHFAIL);
        assertEquals(old.size(), updated.size());
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = withFamily();
        tpm.send(manage(2, ENABLE, "01").auth(owner(tpm))).hasCode(BADINDEX);
        tpm.send(manage(1, ENABLE, "0101").auth(owner(tpm))).hasCode(BAD_PARAM_SIZE);
        tpm.send(manage(1, 5, "").auth(owner(tpm))).hasCode(BAD_PARAMETER);
        tpm.send(manage(1, ENABLE, "00")).hasCode(AUTHFAIL);
        tpm.send(createOwner(tpm, 0, Delegations.KEY_BITS, 0, 1)).hasCode(BAD_PARAMETER);
        tpm.send(createOwner(tpm, 0, Delegations.OWNER_BITS, 0, 2)).hasCode(BADINDEX);
        tpm.send(dsap(EntityType.OWNER, 0, ROW_1)).hasCode(BAD_PARAMETER);
        tpm.send(dsap(EntityType.DEL_ROW, 0, ROW_1)).hasCode(BADINDEX);
        tpm.send(dsap(EntityType.DEL_KEY_BLOB, 0, ROW_1)).hasCode(WRONG_ENTITYTYPE);
        tpm.send(manage(1, ENABLE, "00").auth(owner(tpm))).isSuccess();
        Bytes blob = withoutSize(tpm.send(createOwner(tpm, 0, Delegations.OWNER_BITS, 0, 1)));
        tpm.send(dsap(EntityType.DEL_OWNER_BLOB, 0, blob)).hasCode(DISABLED_CMD);
    }

    /** A blob that nobody has encrypted, as manufacturers use it. */
    private static Request loadInTheClear(int index, int familyId) {
        Bytes blob = Bytes.hex("002a")
                .then(publicInfo(Delegations.OWNER_BITS, OWNER_PERMISSIONS, familyId))
                .then(Bytes.zeros(20))
                .then(Bytes.hex("00000000 00000016 0026"))
                .then(Bytes.copyOf(DELEGATE));
        return Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION).u32(index).sized(blob);
    }

    @SameAsSwtpm12
    void answersLikeSwtpmBeforeThereIsAnOwner(Tpm12Pair both) {
        both.send(manage(0, CREATE, "66")).isIdentical();
        both.send(loadInTheClear(0, 1)).isIdentical();
        for (int opCode = 0; opCode < 6; opCode++) {
            both.send(manage(1, opCode, "0101")).isIdentical();
            both.send(manage(1, opCode, "01")).isIdentical();
            both.send(Request.of(Ordinal.DELEGATE_READ_TABLE)).isIdentical();
        }
        both.send(manage(0, CREATE, "67")).isIdentical();
        both.send(manage(3, ENABLE, "02")).isIdentical();
        for (int index : new int[] {0, 3, 4, -1}) {
            both.send(loadInTheClear(index, 3)).isIdentical();
        }
        both.send(manage(3, ADMIN, "01")).isIdentical();
        both.send(manage(3, INVALIDATE, "")).isIdentical();
        both.send(loadInTheClear(1, 3)).isIdentical();
        for (int i = 0; i < 17; i++) {
            both.send(manage(0, CREATE, "68")).isIdentical();
        }
        both.send(Request.of(Ordinal.DELEGATE_READ_TABLE)).isIdentical();
        for (int i = 0; i < 60; i++) {
            both.send(manage(4, ENABLE, "01")).isIdentical();
        }
        both.send(Request.of(Ordinal.DELEGATE_READ_TABLE)).isIdentical();
        both.send(dsap(EntityType.DEL_ROW, 0, ROW_1)).isIdentical();
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            tpm.note(manage(0, CREATE, "66").auth(owner(tpm)));
            tpm.note(manage(0, CREATE, "67"));
            for (int type = 0; type < 4; type++) {
                tpm.noteCode(createOwner(tpm, 0, type, -1, 1));
                tpm.noteCode(createOwner(tpm, 1, type, 0, 2));
                tpm.noteCode(createKey(tpm, type, -1, 1));
                tpm.noteCode(createKey(tpm, type, 1 << 27 | 1 << 7, 1));
            }
            tpm.note(manage(1, ENABLE, "01").auth(owner(tpm)));
            Reply ownerBlob = tpm.noteCode(createOwner(tpm, 1, Delegations.OWNER_BITS, OWNER_PERMISSIONS | 2, 1));
            Reply keyBlob = tpm.noteCode(createKey(tpm, Delegations.KEY_BITS, 1 << 27 | 1 << 7, 1));
            playWithBlobs(tpm, ownerBlob.parameters(), withoutSize(ownerBlob), withoutSize(keyBlob));
        });
    }

    private static void playWithBlobs(KeptState.Transcript tpm, Bytes sized, Bytes ofOwner, Bytes ofKey) {
        for (Bytes value : new Bytes[] {ROW_1, ofOwner, ofKey, damaged(ofOwner, -1), damaged(ofKey, 40)}) {
            for (int type = 6; type < 11; type++) {
                tpm.noteCode(dsap(type, KeptState.SIGNING_KEY, value));
                tpm.noteCode(dsap(type | 0x500, KeptState.SIGNING_KEY, value));
            }
            tpm.noteCode(dsap(EntityType.DEL_KEY_BLOB, 1, value));
            tpm.noteCode(Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION).sized(value));
            if (!value.equals(ROW_1)) {
                tpm.noteCode(Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION)
                        .sized(value)
                        .auth(owner(tpm)));
            }
            tpm.send(Request.of(Ordinal.RESET));
        }
        tpm.note(load(tpm, 4, sized));
        tpm.note(load(tpm, 1, damaged(sized, -1)));
        tpm.note(load(tpm, 1, sized));
        tpm.note(Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION).sized(ROW_1).auth(owner(tpm)));
        tpm.note(Request.of(Ordinal.DELEGATE_READ_TABLE));
        for (int i = 0; i < 2; i++) {
            tpm.noteCode(createCounter(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE)));
            tpm.note(manage(1, ADMIN, "01").auth(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE)));
            tpm.note(manage(0, CREATE, "70").auth(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE)));
            tpm.note(manage(2, ENABLE, "01").auth(tpm.dsap(EntityType.DEL_ROW, 0, ROW_1, DELEGATE)));
            ClientSession session = tpm.dsap(EntityType.DEL_KEY_BLOB, KeptState.SIGNING_KEY, ofKey, DELEGATE);
            tpm.noteCode(stamp(session));
            tpm.noteCode(Request.of(Ordinal.DELEGATE_CREATE_KEY_DELEGATION)
                    .handle(KeptState.SIGNING_KEY)
                    .bytes(publicInfo(Delegations.KEY_BITS, i == 0 ? 1 << 27 : 1, 1))
                    .bytes(session.encrypt(DELEGATE))
                    .auth(session));
        }
        tpm.note(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.DEL_ROW).u32(0));
        tpm.note(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.SRK).u32(1));
        tpm.note(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.DEL_ROW).u32(1));
        tpm.note(manage(1, ENABLE, "01").auth(tpm.oiap(DELEGATE)));
        tpm.note(manage(1, ENABLE, "01").auth(tpm.osap(EntityType.OWNER, 0, DELEGATE)));
        tpm.note(manage(0, CREATE, "71").auth(owner(tpm)));
        tpm.note(manage(1, INVALIDATE, "").auth(owner(tpm)));
        tpm.note(Request.of(Ordinal.DELEGATE_READ_TABLE));
    }
}
