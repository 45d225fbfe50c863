package org.jswtpm.engine.tpm12.command.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADCONTEXT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DECRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_RESOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_CONTROL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCEMISSING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.Map;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_KeyControlOwner, TPM_SaveContext, TPM_LoadContext, and the deprecated commands for keys and sessions alone. */
class ContextTest {
    private static final Bytes LABEL = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final int KEY = KeptState.SIGNING_KEY;

    private static Request control(Tpm12Client tpm, int handle, Bytes modulus, int bitName, int value) {
        return Request.of(Ordinal.KEY_CONTROL_OWNER)
                .handle(handle)
                .hex("00000001 0001 0002 0000000c 00000400 00000002 00000000")
                .sized(modulus)
                .u32(bitName)
                .u8(value)
                .auth(tpm.oiap(KeptState.OWNER).ending());
    }

    private static Request release(Tpm12Client tpm) {
        return control(tpm, KEY, KeptState.SIGNING_MODULUS, 1, 0);
    }

    private static Request save(int handle, int resourceType) {
        return Request.of(Ordinal.SAVE_CONTEXT).handle(handle).u32(resourceType).bytes(LABEL);
    }

    private static Request load(int entityHandle, int keepHandle, Bytes sizedBlob) {
        return Request.of(Ordinal.LOAD_CONTEXT)
                .handle(entityHandle)
                .u8(keepHandle)
                .bytes(sizedBlob)
                .undigestedResponse(4);
    }

    private static Request stamp(ClientSession session) {
        return Request.of(Ordinal.TICK_STAMP_BLOB)
                .handle(KEY)
                .bytes(Bytes.zeros(40))
                .auth(session);
    }

    private static Request flush(int handle) {
        return Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(ResourceType.KEY);
    }

    private static Bytes damaged(Bytes blob, int at) {
        byte[] octets = blob.toArray();
        octets[at < 0 ? octets.length + at : at] ^= 1;
        return Bytes.wrap(octets);
    }

    @Test
    void aSessionGoesOnWhereItWas() {
        Tpm12Fixture tpm = KeptState.started();
        ClientSession session = tpm.osap(EntityType.KEYHANDLE, KEY, KeptState.SIGNING);
        tpm.send(stamp(session)).isSuccess();
        Bytes blob =
                tpm.send(save(session.handle(), ResourceType.AUTH)).isSuccess().parameters();
        tpm.send(stamp(session)).hasCode(TpmResult.INVALID_AUTHHANDLE);
        tpm.send(load(KeptState.LEGACY_KEY, 1, blob)).hasCode(RESOURCEMISSING);
        tpm.send(load(1, 1, blob)).hasCode(BAD_HANDLE);
        tpm.send(load(KEY, 1, damaged(blob, -40))).hasCode(BADCONTEXT);
        tpm.send(load(KEY, 1, blob)).isSuccess();
        tpm.send(stamp(session)).isSuccess();
        tpm.send(load(KEY, 0, blob)).hasCode(BADCONTEXT);
    }

    @Test
    void aKeyOutlivesAPowerCycle() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(save(KEY, ResourceType.KEY)).hasCode(OWNER_CONTROL);
        tpm.send(release(tpm)).isSuccess();
        Bytes blob = tpm.send(save(KEY, ResourceType.KEY)).isSuccess().parameters();
        tpm.send(load(0, 1, blob)).hasCode(BAD_HANDLE);
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(flush(KEY)).hasCode(BAD_PARAMETER);
        assertEquals(KEY, tpm.send(load(0, 1, blob)).isSuccess().reader().uint32());
        tpm.send(stamp(tpm.oiap(KeptState.SIGNING))).isSuccess();
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(save(1, ResourceType.KEY)).hasCode(INVALID_RESOURCE);
        tpm.send(save(KEY, ResourceType.HASH)).hasCode(INVALID_RESOURCE);
        tpm.send(release(tpm)).isSuccess();
        Bytes blob = tpm.send(save(KEY, ResourceType.KEY)).isSuccess().parameters();
        tpm.send(load(0, 0, damaged(blob, 5))).hasCode(INVALID_STRUCTURE);
        tpm.send(load(0, 0, damaged(blob, 15))).hasCode(BADCONTEXT);
        tpm.send(load(0, 0, damaged(blob, 33))).hasCode(BADCONTEXT);
        tpm.send(load(0, 0, damaged(blob, 6))).hasCode(INVALID_RESOURCE);
        tpm.send(load(0, 0, damaged(blob, -1))).hasCode(DECRYPT_ERROR);
        tpm.send(load(0, 2, blob)).hasCode(BAD_PARAMETER);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            for (int handle : new int[] {KEY, 1, ReservedHandle.SRK}) {
                tpm.note(control(tpm, handle, KeptState.SIGNING_MODULUS, 2, 0));
                tpm.note(control(tpm, handle, KeptState.LEGACY_MODULUS, 1, 0));
                tpm.noteCode(save(handle, ResourceType.KEY));
                tpm.note(control(tpm, handle, KeptState.SIGNING_MODULUS, 1, 0));
            }
            for (int type = 0; type < 11; type++) {
                Reply saved = tpm.noteCode(save(KEY, type));
                if (saved.code() == 0) {
                    tpm.note(flush(KEY));
                    tpm.note(load(0, 1, saved.parameters()));
                    tpm.note(load(0, 1, damaged(saved.parameters(), -1)));
                    tpm.noteCode(load(0, 0, saved.parameters()));
                }
            }
            tpm.note(control(tpm, KEY, KeptState.SIGNING_MODULUS, 1, 1));
            tpm.noteCode(save(KEY, ResourceType.KEY));
            int[][] entities = {
                {EntityType.KEYHANDLE, KEY},
                {EntityType.KEYHANDLE, ReservedHandle.SRK},
                {EntityType.OWNER, 0},
                {EntityType.SRK, 0}
            };
            for (int[] entity : entities) {
                ClientSession session = tpm.osap(entity[0], entity[1], KeptState.SIGNING);
                Reply saved = tpm.noteCode(save(session.handle(), ResourceType.AUTH));
                tpm.note(flush(session.handle()));
                tpm.noteCode(load(1, 1, saved.parameters()));
                Reply loaded = tpm.noteCode(load(entity[1], 1, saved.parameters()));
                tpm.note(load(entity[1], 1, saved.parameters()));
                tpm.noteCode(load(entity[1], 0, saved.parameters()));
                tpm.noteCode(stamp(session));
                tpm.note(stamp(session), loaded.code() == 0 && loaded.reader().uint32() == session.handle());
            }
        });
    }

    /** The state has room for two keys that the owner keeps; with a third one the TPM would not start again. */
    @Test
    void neverKeepsMoreKeysOfTheOwnerThanTheStateHolds() throws Exception {
        Tpm12Fixture tpm = KeptState.started();
        Bytes context = tpm.send(Request.of(Ordinal.SAVE_KEY_CONTEXT).handle(KeptState.SIGNING_KEY))
                .isSuccess()
                .parameters();
        for (int i = 0; i < 3; i++) {
            tpm.send(Request.of(Ordinal.LOAD_KEY_CONTEXT).bytes(context)).isSuccess();
        }
        Map<StateKind, byte[]> states = new EnumMap<>(StateKind.class);
        for (StateKind kind : new StateKind[] {StateKind.PERMANENT, StateKind.VOLATILE}) {
            states.put(kind, tpm.stateBlob(kind).orElseThrow());
        }
        tpm.goOnAs(states);
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(4)).isSuccess();
    }

    @SameAsSwtpm12
    void answersDeprecatedCommandsLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            Reply key = tpm.noteCode(Request.of(Ordinal.SAVE_KEY_CONTEXT).handle(KEY));
            tpm.noteCode(Request.of(Ordinal.SAVE_KEY_CONTEXT).handle(KEY));
            Request loadKey = Request.of(Ordinal.LOAD_KEY_CONTEXT).bytes(key.parameters());
            tpm.note(loadKey);
            tpm.noteCode(loadKey);
            tpm.noteCode(stamp(tpm.oiap(KeptState.SIGNING)));
            ClientSession session = tpm.osap(EntityType.KEYHANDLE, KEY, KeptState.SIGNING);
            Request saveAuth = Request.of(Ordinal.SAVE_AUTH_CONTEXT).handle(session.handle());
            Reply auth = tpm.noteCode(saveAuth);
            tpm.note(saveAuth);
            Request loadAuth = Request.of(Ordinal.LOAD_AUTH_CONTEXT).bytes(auth.parameters());
            tpm.note(Request.of(Ordinal.LOAD_KEY_CONTEXT).bytes(auth.parameters()));
            tpm.note(Request.of(Ordinal.LOAD_AUTH_CONTEXT).bytes(key.parameters()));
            tpm.noteCode(loadAuth);
            tpm.noteCode(loadAuth);
            tpm.noteCode(stamp(session));
        });
    }

    @SameAsSwtpm12
    void keysOfSwtpmAreLoadedHereAndTheOtherWayRound() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        ours.send(release(ours)).isSuccess();
        try (Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host())) {
            swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
            swtpm.send(release(swtpm)).isSuccess();
            Bytes theirs = swtpm.send(save(KEY, ResourceType.KEY)).isSuccess().parameters();
            Bytes own = ours.send(save(KEY, ResourceType.KEY)).isSuccess().parameters();
            swtpm.send(load(0, 0, own)).isSuccess();
            ours.send(load(0, 0, theirs)).isSuccess();
        }
    }
}
