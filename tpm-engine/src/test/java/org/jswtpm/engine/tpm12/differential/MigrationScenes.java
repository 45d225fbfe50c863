package org.jswtpm.engine.tpm12.differential;

import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of keys that migrate, by their owner's will or certified by an authority. */
final class MigrationScenes {
    private static final int MAX = 4096;

    private final Exchange tpm;
    private final Dice dice;
    private final Material material;
    private final KeyScenes keys;

    MigrationScenes(Exchange tpm, Dice dice, Material material, KeyScenes keys) {
        this.tpm = tpm;
        this.dice = dice;
        this.material = material;
        this.keys = keys;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(3)) {
            case 0 -> migrate();
            case 1 -> pass();
            default -> certified();
        }
        tpm.plain(side -> Request.of(Ordinal.RESET));
    }

    private static ClientSession owner(Side side) {
        return side.oiap(KeptState.OWNER).ending();
    }

    private Both<Reply> authorize(int scheme, Bytes pubkey) {
        return tpm.exact(side -> Request.of(Ordinal.AUTHORIZE_MIGRATION_KEY)
                .u16(scheme)
                .bytes(pubkey)
                .auth(owner(side)));
    }

    private Bytes one(Both<Reply> replies) {
        return dice.once(2) ? replies.ours().parameters() : replies.theirs().parameters();
    }

    private void migrate() {
        TpmKey.Wrapped source = Material.parsed(material.signing().get(3));
        int scheme = dice.number(1, 1, 2, 4);
        Both<Reply> authorized = authorize(scheme, Material.pubkey(material.storage()));
        if (!Exchange.succeeded(authorized)) {
            return;
        }
        Bytes keyAuth = one(authorized);
        Both<Reply> blobs = tpm.sized(side -> Request.of(Ordinal.CREATE_MIGRATION_BLOB)
                .handle(ReservedHandle.SRK)
                .u16(scheme)
                .bytes(keyAuth)
                .sized(source.encData())
                .auth(side.oiap(KeptState.SRK).ending())
                .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
        if (!Exchange.succeeded(blobs)) {
            return;
        }
        WireReader blob = WireReader.over(one(blobs), TpmResult.WIRE_FAULTS);
        Bytes random = blob.sized4(MAX);
        Bytes outData = blob.sized4(MAX);
        keys.load(material.storage()).ifPresent(parent -> {
            tpm.sized(side -> Request.of(Ordinal.CONVERT_MIGRATION_BLOB)
                    .handle(parent.of(side))
                    .sized(outData)
                    .sized(random)
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
            tpm.plain(side -> Exchange.flush(parent.of(side), 1));
        });
    }

    /** TPM_MigrateKey. */
    private void pass() {
        Bytes data = OwnedTpm.encrypt(
                Material.parsed(material.migrating()).key().asPubkey(),
                dice.octets(20).toArray());
        keys.load(material.migrating()).ifPresent(authority -> {
            tpm.sized(side -> Request.of(Ordinal.MIGRATE_KEY)
                    .handle(authority.of(side))
                    .bytes(Material.pubkey(material.storage()))
                    .sized(data)
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
            tpm.plain(side -> Exchange.flush(authority.of(side), 1));
        });
    }

    private static Bytes sha1(Bytes octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, octets.toArray()));
    }

    private void certified() {
        TpmKey authority = Material.parsed(material.signing().get(0)).key();
        TpmKey destination = Material.parsed(material.storage()).key();
        Bytes msaList = Bytes.hex("00000002")
                .then(authority.asPubkey().digest())
                .then(destination.asPubkey().digest());
        Bytes msaDigest = sha1(msaList);
        int restriction = dice.number(0, 0x8000_0000, dice.any());
        tpm.exact(side ->
                Request.of(Ordinal.CMK_SET_RESTRICTIONS).u32(restriction).auth(owner(side)));
        Both<Reply> approved = tpm.exact(
                side -> Request.of(Ordinal.CMK_APPROVE_MA).bytes(msaDigest).auth(owner(side)));
        if (!Exchange.succeeded(approved)) {
            return;
        }
        String keyInfo = OwnedTpm.keyInfo(dice.of("0010", "0010", "0014"), 0x12, Material.parms("0001", "0002"));
        Both<Reply> made = tpm.sized(side -> {
            ClientSession session = side.osap(EntityType.KEYHANDLE, ReservedHandle.SRK, KeptState.SRK);
            return Request.of(Ordinal.CMK_CREATE_KEY)
                    .handle(ReservedHandle.SRK)
                    .bytes(session.encrypt(OwnedTpm.KEY_AUTH))
                    .hex(keyInfo)
                    .bytes(approved.theirs().parameters())
                    .bytes(msaDigest)
                    .auth(session);
        });
        if (Exchange.succeeded(made)) {
            Bytes cmk = one(made);
            keys.load(cmk).ifPresent(handle -> tpm.plain(side -> Exchange.flush(handle.of(side), 1)));
            move(Material.parsed(cmk), msaList, destination);
        }
    }

    private Optional<Bytes> ticket(Bytes restriction) {
        Bytes[] ticket = new Bytes[1];
        keys.load(material.signing().get(0)).ifPresent(authority -> {
            Both<Reply> signed = tpm.plain(side -> Request.of(Ordinal.SIGN)
                    .handle(authority.of(side))
                    .sized(sha1(restriction))
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
            if (Exchange.succeeded(signed)) {
                Bytes signature = signed.theirs().reader().sized4(MAX);
                Both<Reply> tickets = tpm.exact(side -> Request.of(Ordinal.CMK_CREATE_TICKET)
                        .bytes(Material.pubkey(material.signing().get(0)))
                        .bytes(sha1(restriction))
                        .sized(signature)
                        .auth(owner(side)));
                ticket[0] = Exchange.succeeded(tickets) ? tickets.theirs().parameters() : null;
            }
            tpm.plain(side -> Exchange.flush(authority.of(side), 1));
        });
        return Optional.ofNullable(ticket[0]);
    }

    private void move(TpmKey.Wrapped cmk, Bytes msaList, TpmKey destination) {
        Bytes source = cmk.key().asPubkey().digest();
        Bytes restriction = sha1(msaList).then(destination.asPubkey().digest()).then(source);
        int scheme = dice.number(5, 5, 4, 1);
        Both<Reply> authorized = authorize(scheme, Material.pubkey(material.storage()));
        Optional<Bytes> ticket = ticket(restriction);
        if (!Exchange.succeeded(authorized) || ticket.isEmpty()) {
            return;
        }
        boolean isApproved = scheme == 5;
        Both<Reply> blobs = tpm.sized(side -> Request.of(Ordinal.CMK_CREATE_BLOB)
                .handle(ReservedHandle.SRK)
                .u16(scheme)
                .bytes(authorized.theirs().parameters())
                .bytes(source)
                .sized(msaList)
                .sized(isApproved ? restriction : Bytes.EMPTY)
                .sized(isApproved ? ticket.get() : Bytes.EMPTY)
                .sized(cmk.encData())
                .auth(side.oiap(KeptState.SRK).ending()));
        if (!Exchange.succeeded(blobs)) {
            return;
        }
        WireReader blob = WireReader.over(one(blobs), TpmResult.WIRE_FAULTS);
        Bytes random = blob.sized4(MAX);
        WireWriter migrated = new WireWriter();
        cmk.key().marshal(migrated);
        migrated.sized4(blob.sized4(MAX));
        keys.load(material.storage()).ifPresent(parent -> {
            tpm.sized(side -> Request.of(Ordinal.CMK_CONVERT_MIGRATION)
                    .handle(parent.of(side))
                    .bytes(restriction)
                    .bytes(ticket.get())
                    .bytes(migrated.toBytes())
                    .sized(msaList)
                    .sized(random)
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
            tpm.plain(side -> Exchange.flush(parent.of(side), 1));
        });
    }
}
