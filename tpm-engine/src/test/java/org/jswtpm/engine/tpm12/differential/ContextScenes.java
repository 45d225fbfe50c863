package org.jswtpm.engine.tpm12.differential;

import java.util.function.Function;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.Bytes;

/** Stories of keys and sessions that leave the TPM for a while, also by the deprecated commands, and of keys the owner keeps. */
final class ContextScenes {
    private final Exchange tpm;
    private final Dice dice;
    private final Material material;
    private final KeyScenes keys;

    ContextScenes(Exchange tpm, Dice dice, Material material, KeyScenes keys) {
        this.tpm = tpm;
        this.dice = dice;
        this.material = material;
        this.keys = keys;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(4)) {
            case 0 -> ownerEvict();
            case 1, 2 -> key();
            default -> session();
        }
    }

    private static Request save(int handle, int type, Bytes label) {
        return Request.of(Ordinal.SAVE_CONTEXT).handle(handle).u32(type).bytes(label);
    }

    private static Request load(int entity, boolean keeps, Bytes sizedBlob) {
        return Request.of(Ordinal.LOAD_CONTEXT)
                .handle(entity)
                .u8(keeps ? 1 : 0)
                .bytes(sizedBlob)
                .undigestedResponse(4);
    }

    /** Each TPM gets its own blob back: the counts in them have to fit. */
    private void key() {
        keys.load(dice.of(material.signing().toArray(Bytes[]::new))).ifPresent(handle -> {
            boolean isOld = dice.once(3);
            Bytes label = dice.octets(16);
            Both<Reply> saved = tpm.sized(side -> isOld
                    ? Request.of(Ordinal.SAVE_KEY_CONTEXT).handle(handle.of(side))
                    : save(handle.of(side), ResourceType.KEY, label));
            if (!Exchange.succeeded(saved)) {
                return;
            }
            // libtpms forgets a key whose handle it shall use again
            tpm.plain(side -> Exchange.flush(handle.of(side), ResourceType.KEY));
            boolean keeps = dice.once(4);
            Function<Side, Request> load = side -> isOld
                    ? Request.of(Ordinal.LOAD_KEY_CONTEXT).bytes(saved.of(side).parameters())
                    : load(0, keeps, saved.of(side).parameters());
            Both<Reply> loaded = keeps ? tpm.plain(load) : tpm.sized(load);
            if (Exchange.succeeded(loaded)) {
                Both<Integer> again = Exchange.handles(loaded);
                tpm.exact(side -> Request.of(Ordinal.GET_PUB_KEY)
                        .handle(again.of(side))
                        .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
                tpm.plain(side -> Exchange.flush(again.of(side), ResourceType.KEY));
            }
        });
    }

    private void session() {
        int entity = dice.below(3);
        Function<Side, ClientSession> open = switch (entity) {
            case 0 -> side -> side.oiap(KeptState.SIGNING);
            case 1 -> side -> side.osap(EntityType.KEYHANDLE, KeptState.SIGNING_KEY, KeptState.SIGNING);
            default -> side -> side.osap(EntityType.OWNER, 0, KeptState.OWNER);
        };
        Both<ClientSession> session = tpm.open(open);
        if (session == null) {
            return;
        }
        boolean isOld = dice.once(3);
        Bytes label = dice.octets(16);
        Both<Reply> saved = tpm.sized(side -> isOld
                ? Request.of(Ordinal.SAVE_AUTH_CONTEXT).handle(session.of(side).handle())
                : save(session.of(side).handle(), ResourceType.AUTH, label));
        if (Exchange.succeeded(saved)) {
            tpm.plain(side -> Exchange.flush(session.of(side).handle(), ResourceType.AUTH));
            int entityHandle = dice.number(KeptState.SIGNING_KEY, KeptState.SIGNING_KEY, 0, KeptState.LEGACY_KEY);
            boolean keeps = dice.once(2);
            Function<Side, Request> load = side -> isOld
                    ? Request.of(Ordinal.LOAD_AUTH_CONTEXT).bytes(saved.of(side).parameters())
                    : load(entityHandle, keeps, saved.of(side).parameters());
            if (keeps) {
                tpm.plain(load);
            } else {
                tpm.sized(load);
            }
            Bytes stamped = dice.octets(40);
            tpm.plain(side -> Request.of(Ordinal.TICK_STAMP_BLOB)
                    .handle(KeptState.SIGNING_KEY)
                    .bytes(stamped)
                    .auth(session.of(side)));
        }
        tpm.plain(Request.of(Ordinal.RESET));
        tpm.plain(side -> Exchange.flush(session.of(side).handle(), ResourceType.AUTH));
        // saved contexts keep their place until they are flushed by their count
        tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(0x14).sized(Bytes.hex("00000004")));
    }

    private void ownerEvict() {
        int handle = dice.number(KeptState.SIGNING_KEY, KeptState.LEGACY_KEY, 1);
        boolean isSigning = handle == KeptState.SIGNING_KEY;
        Bytes modulus = isSigning ? KeptState.SIGNING_MODULUS : KeptState.LEGACY_MODULUS;
        String parms = isSigning ? "0001 0002" : "0003 0002";
        Bytes label = dice.octets(16);
        for (int value = 0; value < 2; value++) {
            int evict = value;
            tpm.exact(side -> Request.of(Ordinal.KEY_CONTROL_OWNER)
                    .handle(handle)
                    .hex("00000001" + parms + "0000000c 00000400 00000002 00000000")
                    .sized(modulus)
                    .u32(1)
                    .u8(evict)
                    .auth(side.oiap(KeptState.OWNER).ending()));
            tpm.sized(save(handle, ResourceType.KEY, label));
        }
    }
}
