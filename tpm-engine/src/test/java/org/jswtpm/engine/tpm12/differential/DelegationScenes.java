package org.jswtpm.engine.tpm12.differential;

import java.util.function.Function;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of families, rows and blobs, and of what delegates may do. */
final class DelegationScenes {
    private static final byte[] DELEGATE = Bytes.hex("de".repeat(20)).toArray();
    private static final int CREATE = 1;
    private static final int ENABLE = 2;
    private static final int INVALIDATE = 4;
    private static final int MAX = 4096;

    private final Exchange tpm;
    private final Dice dice;

    DelegationScenes(Exchange tpm, Dice dice) {
        this.tpm = tpm;
        this.dice = dice;
    }

    private static ClientSession owner(Side side) {
        return side.oiap(KeptState.OWNER).ending();
    }

    private static Request manage(int familyId, int opCode, Bytes data) {
        return Request.of(Ordinal.DELEGATE_MANAGE).u32(familyId).u32(opCode).sized(data);
    }

    private Bytes publicInfo(int type, int permissions, int familyId) {
        String pcrs = dice.of("000000 1f", "000000 1f", "000000 1f", "000000 01", "000000 02", "000001 1f");
        return new WireWriter()
                .bytes(Bytes.hex("001b 61 0003" + pcrs + "00".repeat(20) + "001a"))
                .uint32(type)
                .uint32(permissions)
                .uint32(0)
                .uint32(familyId)
                .uint32(dice.below(4))
                .toBytes();
    }

    /** A family, what is delegated in it, who uses it, and its end. */
    void play() {
        Bytes label = dice.octets(1);
        Both<Reply> created = tpm.exact(side -> manage(0, CREATE, label).auth(owner(side)));
        if (!Exchange.succeeded(created)) {
            return;
        }
        int family = created.theirs().parameters().size() < 8
                ? 1
                : created.theirs().reader().peekUint32(4);
        tpm.exact(side -> manage(family, ENABLE, Bytes.hex("01")).auth(owner(side)));
        if (dice.once(2)) {
            ofOwner(family);
        } else {
            ofKey(family);
        }
        tpm.exact(Request.of(Ordinal.DELEGATE_READ_TABLE));
        int opCode = dice.below(6);
        Bytes data = dice.octets(dice.below(3));
        tpm.exact(side -> manage(family, opCode, data).auth(owner(side)));
        tpm.exact(side -> manage(family, INVALIDATE, Bytes.EMPTY).auth(owner(side)));
        tpm.exact(Request.of(Ordinal.DELEGATE_READ_TABLE));
    }

    private void ofOwner(int family) {
        int type = dice.once(8) ? Delegations.KEY_BITS : Delegations.OWNER_BITS;
        Bytes info = publicInfo(type, dice.once(2) ? -1 & 0x3FFF_FFFE : dice.any() & 0x3FFF_FFFE, family);
        int increment = dice.below(2);
        Both<Reply> blobs = tpm.sized(side -> {
            ClientSession osap = side.osap(EntityType.OWNER, 0, KeptState.OWNER);
            return Request.of(Ordinal.DELEGATE_CREATE_OWNER_DELEGATION)
                    .u8(increment)
                    .bytes(info)
                    .bytes(osap.encrypt(DELEGATE))
                    .auth(osap);
        });
        if (!Exchange.succeeded(blobs)) {
            return;
        }
        Bytes sized = dice.once(2) ? blobs.ours().parameters() : blobs.theirs().parameters();
        Bytes blob = sized.slice(4, sized.size() - 4);
        int row = dice.below(5);
        Both<Reply> loaded = tpm.exact(side -> Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION)
                .u32(row)
                .bytes(sized)
                .auth(owner(side)));
        tpm.exact(Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION).sized(blob));
        Bytes rowIndex = new WireWriter().uint32(row).toBytes();
        useAsOwner(side -> side.dsap(EntityType.DEL_ROW, 0, rowIndex, DELEGATE));
        useAsOwner(side -> side.dsap(EntityType.DEL_OWNER_BLOB, 0, blob, DELEGATE));
        raw(
                dice.number(EntityType.DEL_ROW, EntityType.DEL_OWNER_BLOB, EntityType.DEL_KEY_BLOB),
                dice.once(2) ? blob : rowIndex);
        tpm.exact(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.DEL_ROW).u32(row));
        useAsOwner(side -> side.oiap(DELEGATE));
        useAsOwner(side -> side.osap(EntityType.OWNER, 0, DELEGATE));
        tpm.plain(Request.of(Ordinal.SET_OWNER_POINTER).u16(EntityType.OWNER).u32(0));
        // libtpms does not survive a row that is not there
        boolean isRow = Exchange.succeeded(loaded) && dice.once(2);
        tpm.sized(side -> Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION)
                .sized(isRow ? rowIndex : blob)
                .auth(owner(side)));
    }

    private void useAsOwner(Function<Side, ClientSession> session) {
        Request request = switch (dice.below(6)) {
            case 0 -> Request.of(Ordinal.OWNER_READ_PUBEK);
            case 1 -> Request.of(Ordinal.DIR_WRITE_AUTH).u32(0).bytes(dice.octets(20));
            case 2 -> Request.of(Ordinal.RELEASE_COUNTER_OWNER).u32(7);
            case 3 -> manage(dice.below(3), dice.number(2, 2, 4), Bytes.hex("01"));
            case 4 -> Request.of(Ordinal.OWNER_READ_INTERNAL_PUB).u32(0x4000_0000);
            default -> Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS).u32(0x15).u8(0);
        };
        byte[] octets = request.toArray();
        Bytes parameters = Bytes.copyOf(octets, 10, octets.length - 10);
        tpm.exact(side -> Request.of(Ordinal.of((octets[8] & 0xff) << 8 | octets[9] & 0xff))
                .bytes(parameters)
                .auth(session.apply(side)));
    }

    /** TPM_DSAP by itself, which is also damaged so. */
    private void raw(int type, Bytes value) {
        int key = dice.number(KeptState.SIGNING_KEY, KeptState.LEGACY_KEY, 0);
        Both<Reply> opened = tpm.sized(Request.of(Ordinal.DSAP)
                .u16(type)
                .u32(key)
                .bytes(dice.octets(20))
                .sized(value));
        if (Exchange.succeeded(opened)) {
            Both<Integer> session = Exchange.handles(opened);
            tpm.plain(side -> Exchange.flush(session.of(side), 2));
        }
    }

    private void ofKey(int family) {
        int type = dice.once(8) ? Delegations.OWNER_BITS : Delegations.KEY_BITS;
        Bytes info = publicInfo(type, dice.once(2) ? 0x0FFF_FFFF : dice.any() & 0x0FFF_FFFF, family);
        Both<Reply> blobs = tpm.sized(side -> {
            ClientSession osap = side.osap(EntityType.KEYHANDLE, KeptState.SIGNING_KEY, KeptState.SIGNING);
            return Request.of(Ordinal.DELEGATE_CREATE_KEY_DELEGATION)
                    .handle(KeptState.SIGNING_KEY)
                    .bytes(info)
                    .bytes(osap.encrypt(DELEGATE))
                    .auth(osap);
        });
        if (!Exchange.succeeded(blobs)) {
            return;
        }
        Bytes blob = (dice.once(2) ? blobs.ours() : blobs.theirs()).reader().sized4(MAX);
        tpm.exact(Request.of(Ordinal.DELEGATE_VERIFY_DELEGATION).sized(blob));
        Function<Side, ClientSession> session =
                side -> side.dsap(EntityType.DEL_KEY_BLOB, KeptState.SIGNING_KEY, blob, DELEGATE);
        Bytes digest = dice.octets(20);
        tpm.exact(side -> Request.of(Ordinal.SIGN)
                .handle(KeptState.SIGNING_KEY)
                .sized(digest)
                .auth(session.apply(side)));
        tpm.exact(side ->
                Request.of(Ordinal.GET_PUB_KEY).handle(KeptState.SIGNING_KEY).auth(session.apply(side)));
        tpm.exact(side -> Request.of(Ordinal.QUOTE)
                .handle(KeptState.SIGNING_KEY)
                .bytes(digest)
                .hex("0003 ffff00")
                .auth(session.apply(side)));
        raw(EntityType.DEL_KEY_BLOB, blob);
        tpm.sized(side ->
                Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION).sized(blob).auth(owner(side)));
    }
}
