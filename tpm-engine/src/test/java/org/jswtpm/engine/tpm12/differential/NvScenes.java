package org.jswtpm.engine.tpm12.differential;

import java.util.function.Function;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.wire.Bytes;

/** Stories of NV areas: defined, written, read, locked and deleted by whom all permissions name. */
final class NvScenes {
    private static final byte[] AREA = Bytes.hex("a5".repeat(20)).toArray();
    private static final int[] PERMISSIONS = {
        NvPermission.OWNERREAD | NvPermission.OWNERWRITE,
        NvPermission.AUTHREAD | NvPermission.AUTHWRITE,
        NvPermission.PPREAD | NvPermission.PPWRITE,
        NvPermission.OWNERWRITE,
        NvPermission.AUTHWRITE,
        NvPermission.OWNERREAD | NvPermission.AUTHWRITE,
        NvPermission.AUTHREAD | NvPermission.OWNERWRITE,
        NvPermission.PPREAD | NvPermission.OWNERREAD | NvPermission.OWNERWRITE
    };
    private static final int[] LOCKS = {
        0,
        0,
        0,
        NvPermission.READ_STCLEAR,
        NvPermission.WRITE_STCLEAR,
        NvPermission.GLOBALLOCK,
        NvPermission.WRITEDEFINE,
        NvPermission.WRITEALL,
        NvPermission.READ_STCLEAR | NvPermission.WRITE_STCLEAR | NvPermission.WRITEALL
    };
    private static final String ANY_PCR = "0003 000000 1f 0000000000000000000000000000000000000000";

    private final Exchange tpm;
    private final Peers peers;
    private final Dice dice;
    private final boolean isOwned;

    NvScenes(Exchange tpm, Peers peers, Dice dice, boolean isOwned) {
        this.tpm = tpm;
        this.peers = peers;
        this.dice = dice;
        this.isOwned = isOwned;
    }

    /** One area, from its definition to its end or as long as the TPM is on. */
    void play() {
        int index = dice.number(0x0001_2345, 0x0001_2346, 0x1000_0001, 0x0001_1200, 0xF004, 0x0001_1600);
        int size = dice.number(1, 8, 20, 100);
        if (dice.once(4)) {
            tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20));
            tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(dice.number(0x08, 0x10)));
        }
        define(index, dice.number(PERMISSIONS) | dice.number(LOCKS), size);
        tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(0x11).u32(4).u32(index));
        for (int i = dice.below(6); i >= 0; i--) {
            use(index, size);
        }
        if (dice.once(6)) {
            write(dice.number(0, index), 0, 0);
            use(index, size);
        }
        if (dice.once(3)) {
            define(index, 0, 0);
        }
        tpm.sized(Request.of(Ordinal.GET_CAPABILITY).u32(0x0D).u32(0));
    }

    private void define(int index, int permission, int size) {
        String read = dice.once(4) ? pcrInfo() : ANY_PCR;
        String write = dice.once(4) ? pcrInfo() : ANY_PCR;
        tpm.exact(side -> {
            ClientSession session = isOwned ? side.osap(EntityType.OWNER, 0, KeptState.OWNER) : null;
            Request request = Request.of(Ordinal.NV_DEFINE_SPACE)
                    .u16(0x18)
                    .u32(index)
                    .hex(read)
                    .hex(write)
                    .u16(0x17)
                    .u32(permission)
                    .hex("00 00 00")
                    .u32(size)
                    .bytes(session == null ? Bytes.copyOf(AREA) : session.encrypt(AREA));
            return session == null ? request : request.auth(session);
        });
    }

    /** TPM_PCR_INFO_SHORT: often of PCRs that are zero, and of localities. */
    private String pcrInfo() {
        return dice.of(
                "0003 000000 01 0000000000000000000000000000000000000000",
                "0003 000000 02 0000000000000000000000000000000000000000",
                "0003 000000 00 0000000000000000000000000000000000000000",
                "0003 000080 1f 0000000000000000000000000000000000000000",
                "0003 000080 1f a82db5f3d0fa78bc9e2ae6f3c1cc8ef2e2e0a0e3",
                "0002 0000 1f 0000000000000000000000000000000000000000");
    }

    private void use(int index, int size) {
        peers.setLocality(dice.number(0, 0, 0, 1, 4));
        int length = dice.below(size + 2);
        int offset = dice.once(2) ? 0 : dice.below(size + 1);
        if (dice.once(2)) {
            write(index, offset, dice.once(2) ? size : length);
        } else {
            read(index, offset, dice.once(2) ? size : length);
        }
        peers.setLocality(0);
    }

    private void write(int index, int offset, int length) {
        Bytes data = dice.octets(length);
        Function<Side, Request> with = side ->
                Request.of(Ordinal.NV_WRITE_VALUE).u32(index).u32(offset).sized(data);
        Function<Side, Request> withAuth = side ->
                Request.of(Ordinal.NV_WRITE_VALUE_AUTH).u32(index).u32(offset).sized(data);
        access(index, with, withAuth);
    }

    private void read(int index, int offset, int length) {
        Function<Side, Request> with =
                side -> Request.of(Ordinal.NV_READ_VALUE).u32(index).u32(offset).u32(length);
        Function<Side, Request> withAuth = side ->
                Request.of(Ordinal.NV_READ_VALUE_AUTH).u32(index).u32(offset).u32(length);
        access(index, with, withAuth);
    }

    private void access(int index, Function<Side, Request> plain, Function<Side, Request> withAuth) {
        switch (dice.below(4)) {
            case 0 -> tpm.exact(plain);
            case 1 -> {
                Function<Side, ClientSession> owner = OwnerScenes.owner(dice);
                tpm.exact(side -> plain.apply(side).auth(owner.apply(side)));
            }
            case 2 -> tpm.exact(side -> withAuth.apply(side).auth(side.osap(EntityType.NV, index, AREA)));
            default ->
                tpm.exact(side -> withAuth.apply(side).auth(side.oiap(AREA).ending()));
        }
    }
}
