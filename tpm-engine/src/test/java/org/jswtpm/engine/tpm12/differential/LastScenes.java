package org.jswtpm.engine.tpm12.differential;

import java.util.function.Function;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.wire.Bytes;

/** Stories after which the TPMs are not the same any more, or no TPM of an owner: new keys, and the end of the owner. */
final class LastScenes {
    private final Exchange tpm;
    private final Peers peers;
    private final Dice dice;
    private final Material material;

    LastScenes(Exchange tpm, Peers peers, Dice dice, Material material) {
        this.tpm = tpm;
        this.peers = peers;
        this.dice = dice;
        this.material = material;
    }

    /** Of a TPM with an owner. */
    void playOwned() {
        switch (dice.below(4)) {
            case 0 -> makeIdentity();
            case 1 -> ownerClear();
            case 2 -> forceClear();
            default -> disableClearing();
        }
    }

    /** Of a TPM without an endorsement key. */
    void playNew() {
        Bytes password = dice.octets(20);
        boolean isRevocable = dice.once(2);
        Request create = isRevocable
                ? Request.of(Ordinal.CREATE_REVOCABLE_EK)
                        .bytes(password)
                        .hex(OwnedTpm.STORAGE_PARMS)
                        .u8(0)
                        .bytes(password)
                : Request.of(Ordinal.CREATE_ENDORSEMENT_KEY_PAIR)
                        .bytes(password)
                        .hex(OwnedTpm.STORAGE_PARMS);
        Both<Reply> created = tpm.sized(create);
        tpm.sized(create);
        tpm.sized(Request.of(Ordinal.READ_PUBEK).bytes(password));
        if (Exchange.succeeded(created) && dice.once(2)) {
            take(side -> Pubkey.unmarshal(created.of(side).reader()));
        }
        tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20));
        tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08));
        tpm.exact(Request.of(Ordinal.REVOKE_TRUST).bytes(dice.once(3) ? dice.octets(20) : password));
        flags();
    }

    private void flags() {
        for (String flags : new String[] {"00000108", "00000109"}) {
            tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex(flags)));
        }
        tpm.exact(Request.of(Ordinal.DELEGATE_READ_TABLE));
        tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(0x0D).u32(0));
        tpm.exact(Request.of(Ordinal.DIR_READ).u32(0));
    }

    private void take(Function<Side, Pubkey> endorsementKey) {
        String srk = OwnedTpm.keyInfo("0011", 0, OwnedTpm.STORAGE_PARMS);
        tpm.sized(side -> Request.of(Ordinal.TAKE_OWNERSHIP)
                .u16(5)
                .sized(OwnedTpm.encrypt(endorsementKey.apply(side), KeptState.OWNER))
                .sized(OwnedTpm.encrypt(endorsementKey.apply(side), KeptState.SRK))
                .hex(srk)
                .auth(side.oiap(KeptState.OWNER).ending()));
        tpm.sized(side -> Request.of(Ordinal.OWNER_READ_PUBEK)
                .auth(side.oiap(KeptState.OWNER).ending()));
    }

    private void makeIdentity() {
        Bytes label = dice.octets(20);
        tpm.sized(side -> {
            ClientSession owner = side.osap(EntityType.OWNER, ReservedHandle.OWNER, KeptState.OWNER);
            return Request.of(Ordinal.MAKE_IDENTITY)
                    .bytes(owner.encrypt(OwnedTpm.KEY_AUTH))
                    .bytes(label)
                    .hex(Material.IDENTITY)
                    .auth(side.oiap(KeptState.SRK).ending())
                    .auth(owner);
        });
    }

    private void ownerClear() {
        tpm.exact(side ->
                Request.of(Ordinal.OWNER_CLEAR).auth(side.oiap(KeptState.OWNER).ending()));
        flags();
        peers.powerCycle();
        tpm.plain(Request.of(Ordinal.STARTUP).u16(1));
        flags();
        if (dice.once(2)) {
            tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20));
            tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08));
            tpm.exact(Request.of(Ordinal.PHYSICAL_ENABLE));
            tpm.exact(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(0));
            peers.powerCycle();
            tpm.plain(Request.of(Ordinal.STARTUP).u16(1));
            take(side -> material.endorsement());
        }
    }

    private void forceClear() {
        tpm.exact(Request.of(Ordinal.FORCE_CLEAR));
        tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20));
        tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08));
        if (dice.once(4)) {
            tpm.exact(Request.of(Ordinal.DISABLE_FORCE_CLEAR));
        }
        tpm.exact(Request.of(Ordinal.FORCE_CLEAR));
        flags();
    }

    private void disableClearing() {
        tpm.exact(side -> Request.of(Ordinal.DISABLE_OWNER_CLEAR)
                .auth(side.oiap(KeptState.OWNER).ending()));
        tpm.exact(side ->
                Request.of(Ordinal.OWNER_CLEAR).auth(side.oiap(KeptState.OWNER).ending()));
        tpm.exact(Request.of(Ordinal.DISABLE_FORCE_CLEAR));
        flags();
    }
}
