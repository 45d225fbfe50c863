package org.jswtpm.engine.tpm12.differential;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.command.daa.Issuer;
import org.jswtpm.engine.tpm12.command.daa.Stage;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** Stories of direct anonymous attestation, and of authorizations that are changed asymmetrically. */
final class AnonymousScenes {
    private static final int MAX = 4096;
    private static final int CERTIFY_INFO_SIZE = 80;

    private final Exchange tpm;
    private final Dice dice;
    private final Material material;
    private final KeyScenes keys;

    AnonymousScenes(Exchange tpm, Dice dice, Material material, KeyScenes keys) {
        this.tpm = tpm;
        this.dice = dice;
        this.material = material;
        this.keys = keys;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        if (dice.once(2)) {
            changeAuth();
        } else {
            attest();
        }
    }

    /** As far as chance wants: a stage that is refused ends the session. */
    private void attest() {
        List<Stage> stages = new ArrayList<>(Stage.join(Issuer.ONLY, material.endorsement()));
        if (dice.once(4)) {
            stages = Stage.sign(
                    Issuer.ONLY, List.of(dice.octets(256), dice.octets(256), dice.octets(256)), 1, Bytes.EMPTY);
        }
        int good = dice.below(stages.size());
        Both<Integer> session = Both.same(0);
        for (int i = 0; i < good; i++) {
            Stage stage = stages.get(i);
            Both<Integer> handle = session;
            Both<Reply> replies = tpm.plain(side -> stage.request(side, handle.of(side)));
            if (!Exchange.succeeded(replies)) {
                return;
            }
            if (stage.number() == 0) {
                session = new Both<>(
                        replies.ours().reader().peekUint32(4),
                        replies.theirs().reader().peekUint32(4));
            }
        }
        Both<Integer> handle = session;
        Stage last = stages.get(dice.once(3) ? dice.below(stages.size()) : good);
        tpm.sized(side -> last.request(side, handle.of(side)));
        tpm.plain(side -> Exchange.flush(handle.of(side), ResourceType.DAA_TPM));
    }

    private void changeAuth() {
        Bytes nonce = dice.octets(20);
        byte[] newAuth = dice.octets(20).toArray();
        Bytes link = Bytes.wrap(Hmac.mac(Digest.SHA1, OwnedTpm.KEY_AUTH, newAuth));
        Bytes encData = Material.parsed(material.signing().get(dice.below(3))).encData();
        int type = dice.once(5) ? EntityType.DATA : EntityType.KEY;
        keys.load(material.identity()).ifPresent(identity -> {
            Both<Reply> started = tpm.sized(side -> Request.of(Ordinal.CHANGE_AUTH_ASYM_START)
                    .handle(identity.of(side))
                    .bytes(nonce)
                    .hex(OwnedTpm.STORAGE_PARMS.replace("00000800", "00000400"))
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
            if (Exchange.succeeded(started)) {
                tpm.sized(side -> {
                    WireReader in = started.of(side).reader();
                    in.skip(CERTIFY_INFO_SIZE);
                    in.sized4(MAX);
                    int ephemeral = in.uint32();
                    TpmKey key = TpmKey.Wrapped.unmarshal(in).key();
                    return Request.of(Ordinal.CHANGE_AUTH_ASYM_FINISH)
                            .handle(ReservedHandle.SRK)
                            .handle(ephemeral)
                            .u16(type)
                            .bytes(link)
                            .sized(OwnedTpm.encrypt(
                                    key.asPubkey(),
                                    Bytes.copyOf(newAuth).then(nonce).toArray()))
                            .sized(encData)
                            .auth(side.oiap(KeptState.OWNER).ending());
                });
            }
            tpm.plain(side -> Exchange.flush(identity.of(side), ResourceType.KEY));
        });
    }
}
