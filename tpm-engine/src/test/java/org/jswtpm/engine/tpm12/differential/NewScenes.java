package org.jswtpm.engine.tpm12.differential;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of a TPM without an owner: what anybody can do who is there, and what cannot be done yet. */
final class NewScenes {
    private static final int CREATE = 1;

    private final Exchange tpm;
    private final Dice dice;

    NewScenes(Exchange tpm, Dice dice) {
        this.tpm = tpm;
        this.dice = dice;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(4)) {
            case 0 -> endorsement();
            case 1 -> delegations();
            case 2 -> flags();
            default -> withoutOwner();
        }
    }

    /** RSA-2048 is all there is; the keys differ, so only what is refused is the same. */
    private void endorsement() {
        tpm.exact(Request.of(Ordinal.READ_PUBEK).bytes(dice.octets(20)));
        String parms = dice.of(
                OwnedTpm.STORAGE_PARMS.replace("00000800", "00000400"),
                OwnedTpm.STORAGE_PARMS.replace("00000002 00000000", "00000003 00000000"),
                OwnedTpm.STORAGE_PARMS.replace("00000001", "00000006"));
        tpm.sized(Request.of(Ordinal.CREATE_ENDORSEMENT_KEY_PAIR)
                .bytes(dice.octets(20))
                .hex(parms));
        tpm.sized(Request.of(Ordinal.CREATE_REVOCABLE_EK)
                .bytes(dice.octets(20))
                .hex(parms)
                .u8(dice.below(2))
                .bytes(dice.octets(20)));
        tpm.exact(Request.of(Ordinal.REVOKE_TRUST).bytes(dice.octets(20)));
    }

    private void delegations() {
        for (int i = 0; i < 3; i++) {
            tpm.exact(Request.of(Ordinal.DELEGATE_MANAGE)
                    .u32(dice.below(4))
                    .u32(dice.once(2) ? CREATE : dice.below(6))
                    .sized(dice.octets(dice.number(1, 1, 1, 0, 2))));
            Bytes blob = Bytes.hex("002a 001b 61 0003 000000 1f")
                    .then(Bytes.zeros(20))
                    .then(Bytes.hex("001a 00000001"))
                    .then(dice.octets(3))
                    .then(Bytes.hex("00 00000000"))
                    .then(new WireWriter()
                            .uint32(dice.below(4))
                            .uint32(dice.below(3))
                            .toBytes())
                    .then(Bytes.zeros(20))
                    .then(Bytes.hex("00000000 00000016 0026"))
                    .then(dice.octets(20));
            tpm.exact(Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION)
                    .u32(dice.below(5))
                    .sized(blob));
            tpm.exact(Request.of(Ordinal.DELEGATE_READ_TABLE));
        }
    }

    private void flags() {
        int area = 1 + dice.below(4);
        int subCap = 1 + dice.below(26);
        tpm.exact(Request.of(Ordinal.SET_CAPABILITY)
                .u32(area)
                .sized(Bytes.hex("%08x".formatted(subCap)))
                .sized(Bytes.hex(dice.of("01", "00", "00000003", ""))));
        for (String flags : new String[] {"00000108", "00000109"}) {
            tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex(flags)));
        }
    }

    private void withoutOwner() {
        byte[] auth = dice.octets(20).toArray();
        int type = 1 + dice.below(11);
        tpm.sized(side -> Request.of(Ordinal.OSAP).u16(type).u32(0).bytes(Bytes.copyOf(auth)));
        Ordinal ordinal = dice.of(Ordinal.values());
        if (ordinal != Ordinal.INIT && ordinal != Ordinal.FORCE_CLEAR) {
            Bytes parameters = dice.octets(dice.below(60));
            tpm.sized(side -> Request.of(ordinal).bytes(parameters).auth(side.oiap(auth)));
            tpm.sized(Request.of(ordinal).bytes(parameters));
        }
        tpm.plain(Request.of(Ordinal.RESET));
    }
}
