package org.jswtpm.engine.tpm12.differential;

import java.util.function.Function;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.wire.Bytes;

/** Stories of the owner: public keys, capabilities, counters, audit, the owner's auth value. */
final class OwnerScenes {
    private static final byte[] COUNTER = Bytes.hex("c0".repeat(20)).toArray();

    private final Exchange tpm;
    private final Dice dice;

    OwnerScenes(Exchange tpm, Dice dice) {
        this.tpm = tpm;
        this.dice = dice;
    }

    /** A session of the owner's, of either kind, for one command. */
    static Function<Side, ClientSession> owner(Dice dice) {
        return dice.once(3)
                ? side -> side.osap(EntityType.OWNER, ReservedHandle.OWNER, KeptState.OWNER)
                        .ending()
                : side -> side.oiap(KeptState.OWNER).ending();
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(7)) {
            case 0 -> publicKeys();
            case 1 -> capabilities();
            case 2, 3 -> counters();
            case 4, 5 -> audit();
            default -> changeAuth();
        }
    }

    private void byOwner(Request request) {
        Function<Side, ClientSession> owner = owner(dice);
        byte[] octets = request.toArray();
        Bytes parameters = Bytes.copyOf(octets, 10, octets.length - 10);
        Ordinal ordinal = Ordinal.of((octets[8] & 0xff) << 8 | octets[9] & 0xff);
        tpm.exact(side -> Request.of(ordinal).bytes(parameters).auth(owner.apply(side)));
    }

    private void publicKeys() {
        tpm.exact(Request.of(Ordinal.READ_PUBEK).bytes(dice.octets(20)));
        byOwner(Request.of(Ordinal.OWNER_READ_PUBEK));
        byOwner(Request.of(Ordinal.OWNER_READ_INTERNAL_PUB)
                .u32(dice.number(ReservedHandle.SRK, ReservedHandle.EK, ReservedHandle.OWNER, KeptState.SIGNING_KEY)));
        if (dice.once(4)) {
            byOwner(Request.of(Ordinal.DISABLE_PUBEK_READ));
            tpm.exact(Request.of(Ordinal.READ_PUBEK).bytes(dice.octets(20)));
        }
        byOwner(Request.of(Ordinal.DIR_WRITE_AUTH).u32(dice.below(2)).bytes(dice.octets(20)));
        tpm.exact(Request.of(Ordinal.DIR_READ).u32(0));
        tpm.exact(Request.of(Ordinal.DISABLE_PUBEK_READ));
    }

    private void capabilities() {
        byOwner(Request.of(Ordinal.GET_CAPABILITY_OWNER));
        int area = 1 + dice.below(4);
        int subCap = 1 + dice.below(26);
        // not disable, deactivated and others that keep the owner from going on
        if (area != 1 || subCap != 1 && subCap != 3 && subCap != 9 && subCap != 10) {
            String value = dice.of("01", "00", "00000003", "");
            byOwner(Request.of(Ordinal.SET_CAPABILITY)
                    .u32(area)
                    .sized(Bytes.hex("%08x".formatted(subCap)))
                    .sized(Bytes.hex(value)));
        }
        byOwner(Request.of(Ordinal.RESET_LOCK_VALUE));
        byOwner(Request.of(Ordinal.OWNER_SET_DISABLE).u8(1));
        tpm.sized(Request.of(Ordinal.GET_RANDOM).u32(1));
        tpm.plain(side -> Request.of(Ordinal.OWNER_SET_DISABLE)
                .u8(0)
                .auth(side.oiap(KeptState.OWNER).ending()));
    }

    private void counters() {
        Bytes label = dice.octets(4);
        tpm.exact(side -> {
            ClientSession owner = side.osap(EntityType.OWNER, 0, KeptState.OWNER);
            return Request.of(Ordinal.CREATE_COUNTER)
                    .bytes(owner.encrypt(COUNTER))
                    .bytes(label)
                    .auth(owner);
        });
        for (int i = 0; i < 3; i++) {
            int id = dice.below(4);
            tpm.exact(Request.of(Ordinal.READ_COUNTER).u32(id));
            boolean isBound = dice.once(2);
            Ordinal ordinal = dice.once(3) ? Ordinal.RELEASE_COUNTER : Ordinal.INCREMENT_COUNTER;
            tpm.exact(side -> Request.of(ordinal)
                    .u32(id)
                    .auth(isBound ? side.osap(EntityType.COUNTER, id, COUNTER) : side.oiap(COUNTER)));
        }
        byOwner(Request.of(Ordinal.RELEASE_COUNTER_OWNER).u32(dice.below(4)));
    }

    private void audit() {
        int ordinal = dice.once(5) ? dice.any() : dice.below(0x100);
        byOwner(Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS).u32(ordinal).u8(dice.below(2)));
        tpm.sized(Request.of(Ordinal.GET_AUDIT_DIGEST).u32(dice.below(0x100)));
        boolean closes = dice.once(2);
        Bytes nonce = dice.octets(20);
        tpm.sized(side -> Request.of(Ordinal.GET_AUDIT_DIGEST_SIGNED)
                .handle(KeptState.SIGNING_KEY)
                .u8(closes ? 1 : 0)
                .bytes(nonce)
                .auth(side.oiap(KeptState.SIGNING).ending()));
        tpm.sized(Request.of(Ordinal.GET_AUDIT_DIGEST).u32(0));
    }

    /** To another auth value and back. */
    private void changeAuth() {
        byte[] other = dice.octets(20).toArray();
        boolean isSrk = dice.once(2);
        tpm.exact(side -> change(side, KeptState.OWNER, isSrk, other));
        byte[] now = isSrk ? KeptState.OWNER : other;
        tpm.plain(side -> Request.of(Ordinal.OWNER_READ_PUBEK).auth(side.oiap(now)));
        tpm.plain(side -> change(side, now, isSrk, isSrk ? KeptState.SRK : KeptState.OWNER));
    }

    private static Request change(Side side, byte[] owner, boolean isSrk, byte[] newAuth) {
        ClientSession session = side.osap(EntityType.OWNER, 0, owner);
        return Request.of(Ordinal.CHANGE_AUTH_OWNER)
                .u16(4)
                .bytes(session.encrypt(newAuth))
                .u16(isSrk ? EntityType.SRK : EntityType.OWNER)
                .auth(session);
    }
}
