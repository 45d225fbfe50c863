package org.jswtpm.engine.tpm12.differential;

import java.util.List;
import java.util.stream.IntStream;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** Short stories of commands. What damaged commands have left behind is taken away after each. */
final class Scenes {
    private static final int TPM_CAP_HANDLE = 0x14;

    private final Exchange tpm;
    private final Dice dice;
    private final PlatformScenes platform;
    private final NvScenes nv;
    private final OwnerScenes owner;
    private final KeyScenes keys;
    private final ContextScenes contexts;
    private final MigrationScenes migration;
    private final DelegationScenes delegation;
    private final TransportScenes transport;
    private final AnonymousScenes anonymous;
    private final NewScenes unowned;
    private final LastScenes last;
    private final boolean isOwned;

    Scenes(Exchange tpm, Peers peers, Dice dice, Material material, boolean isOwned) {
        this.tpm = tpm;
        this.dice = dice;
        this.isOwned = isOwned;
        platform = new PlatformScenes(tpm, peers, dice);
        nv = new NvScenes(tpm, peers, dice, isOwned);
        owner = new OwnerScenes(tpm, dice);
        keys = new KeyScenes(tpm, dice, material);
        contexts = new ContextScenes(tpm, dice, material, keys);
        migration = new MigrationScenes(tpm, dice, material, keys);
        delegation = new DelegationScenes(tpm, dice);
        transport = new TransportScenes(tpm, dice);
        anonymous = new AnonymousScenes(tpm, dice, material, keys);
        unowned = new NewScenes(tpm, dice);
        last = new LastScenes(tpm, peers, dice, material);
    }

    /** Plays one scene, chosen at random. */
    void play() {
        if (isOwned) {
            switch (dice.below(17)) {
                case 0, 1 -> platform.play();
                case 2, 3 -> nv.play();
                case 4, 5 -> owner.play();
                case 6, 7, 8 -> keys.play();
                case 9, 10 -> contexts.play();
                case 11, 12 -> migration.play();
                case 13 -> delegation.play();
                case 14 -> anonymous.play();
                default -> transport.play();
            }
        } else {
            switch (dice.below(3)) {
                case 0 -> platform.play();
                case 1 -> nv.play();
                default -> unowned.play();
            }
        }
        flushAll();
    }

    /** Plays a scene after which there is no other. */
    void end() {
        if (isOwned) {
            last.playOwned();
        } else {
            last.playNew();
        }
    }

    private void flushAll() {
        for (int type : new int[] {ResourceType.KEY, ResourceType.AUTH, ResourceType.TRANS}) {
            Both<Reply> lists = tpm.plain(
                    Request.of(Ordinal.GET_CAPABILITY).u32(TPM_CAP_HANDLE).sized(Bytes.hex("%08x".formatted(type))));
            if (!Exchange.succeeded(lists)) {
                return;
            }
            Both<List<Integer>> left = new Both<>(handles(lists.ours()), handles(lists.theirs()));
            tpm.forEach(side -> left.of(side)
                    .forEach(
                            handle -> side.exchange(Exchange.flush(handle, type).toArray())));
        }
    }

    private static List<Integer> handles(Reply list) {
        WireReader in = list.reader();
        in.skip(4);
        return IntStream.range(0, in.uint16())
                .map(i -> in.uint32())
                .filter(handle -> handle != KeptState.SIGNING_KEY && handle != KeptState.LEGACY_KEY)
                .boxed()
                .toList();
    }
}
