package org.jswtpm.engine.tpm12.differential;

import java.util.Optional;
import java.util.function.Function;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of keys: made, loaded, used for what they are for and for what not, certified, changed and evicted. */
final class KeyScenes {
    private static final int MAX = 4096;

    private final Exchange tpm;
    private final Dice dice;
    private final Material material;

    KeyScenes(Exchange tpm, Dice dice, Material material) {
        this.tpm = tpm;
        this.dice = dice;
        this.material = material;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(11)) {
            case 0, 1 -> sign();
            case 2 -> quote();
            case 3, 4 -> certify();
            case 5 -> unbind();
            case 6, 7 -> seal();
            case 8 -> changeAuth();
            case 9 -> identity();
            default -> create();
        }
    }

    private Bytes anyKey() {
        return switch (dice.below(8)) {
            case 0 -> material.storage();
            case 1 -> material.identity();
            case 2 -> material.migrating();
            case 3 -> dice.of(material.binding().toArray(Bytes[]::new));
            default -> dice.of(material.signing().toArray(Bytes[]::new));
        };
    }

    /** TPM_LoadKey2, or TPM_LoadKey, below the SRK. */
    Optional<Both<Integer>> load(Bytes key) {
        Ordinal ordinal = dice.once(4) ? Ordinal.LOAD_KEY : Ordinal.LOAD_KEY2;
        boolean isBound = dice.once(3);
        Both<Reply> loaded = tpm.sized(side -> Request.of(ordinal)
                .handle(ReservedHandle.SRK)
                .bytes(key)
                .undigestedResponse(ordinal == Ordinal.LOAD_KEY2 ? 4 : 0)
                .auth(isBound ? side.osap(EntityType.SRK, 0, KeptState.SRK) : side.oiap(KeptState.SRK)));
        return Exchange.succeeded(loaded) ? Optional.of(Exchange.handles(loaded)) : Optional.empty();
    }

    /** A session of who may use a key. */
    private Function<Side, ClientSession> user(Both<Integer> key, byte[] auth) {
        return dice.once(3)
                ? side -> side.osap(EntityType.KEYHANDLE, key.of(side), auth)
                : side -> side.oiap(auth).ending();
    }

    private void evict(Both<Integer> key) {
        Ordinal ordinal = dice.of(Ordinal.EVICT_KEY, Ordinal.FLUSH_SPECIFIC, Ordinal.TERMINATE_HANDLE);
        tpm.exact(side -> {
            Request request = Request.of(ordinal).handle(key.of(side));
            return ordinal == Ordinal.FLUSH_SPECIFIC ? request.u32(1) : request;
        });
        tpm.plain(side -> Request.of(Ordinal.EVICT_KEY).handle(key.of(side)));
    }

    private void sign() {
        Bytes key = anyKey();
        load(key).ifPresent(handle -> {
            int size = dice.number(20, 20, 20, 0, 1, 19, 40, 53, 245);
            Bytes area = dice.once(4)
                    ? Bytes.hex("0005" + "5349474e" + dice.octets(20) + "00000008")
                            .then(dice.octets(8))
                    : dice.octets(size);
            Function<Side, ClientSession> user = user(handle, OwnedTpm.KEY_AUTH);
            tpm.exact(side ->
                    Request.of(Ordinal.SIGN).handle(handle.of(side)).sized(area).auth(user.apply(side)));
            tpm.exact(side -> Request.of(Ordinal.SIGN).handle(handle.of(side)).sized(area));
            tpm.exact(side ->
                    Request.of(Ordinal.GET_PUB_KEY).handle(handle.of(side)).auth(user.apply(side)));
            tpm.exact(side -> Request.of(Ordinal.GET_PUB_KEY).handle(handle.of(side)));
            Bytes stamped = dice.octets(40);
            tpm.sized(side -> Request.of(Ordinal.TICK_STAMP_BLOB)
                    .handle(handle.of(side))
                    .bytes(stamped)
                    .auth(user.apply(side)));
            evict(handle);
        });
    }

    private void quote() {
        load(anyKey()).ifPresent(handle -> {
            Bytes nonce = dice.octets(20);
            Bytes selection = PlatformScenes.selection(dice);
            Function<Side, ClientSession> user = user(handle, OwnedTpm.KEY_AUTH);
            tpm.exact(side -> Request.of(Ordinal.QUOTE)
                    .handle(handle.of(side))
                    .bytes(nonce)
                    .bytes(selection)
                    .auth(user.apply(side)));
            int addVersion = dice.below(2);
            tpm.exact(side -> Request.of(Ordinal.QUOTE2)
                    .handle(handle.of(side))
                    .bytes(nonce)
                    .bytes(selection)
                    .u8(addVersion)
                    .auth(user.apply(side)));
            tpm.exact(side -> Request.of(Ordinal.QUOTE)
                    .handle(handle.of(side))
                    .bytes(nonce)
                    .bytes(selection));
            evict(handle);
        });
        Bytes nonce = dice.octets(20);
        tpm.exact(side -> Request.of(Ordinal.QUOTE)
                .handle(KeptState.LEGACY_KEY)
                .bytes(nonce)
                .hex("0003 ffffff")
                .auth(side.oiap(KeptState.LEGACY)));
    }

    private void certify() {
        Optional<Both<Integer>> certifier = load(anyKey());
        Optional<Both<Integer>> certified = load(anyKey());
        if (certifier.isPresent() && certified.isPresent()) {
            Both<Integer> by = certifier.get();
            Both<Integer> of = certified.get();
            Bytes nonce = dice.octets(20);
            boolean hasFirst = !dice.once(4);
            tpm.exact(side -> {
                Request request = Request.of(Ordinal.CERTIFY_KEY)
                        .handle(by.of(side))
                        .handle(of.of(side))
                        .bytes(nonce);
                request = hasFirst ? request.auth(side.oiap(OwnedTpm.KEY_AUTH).ending()) : request;
                return request.auth(side.oiap(OwnedTpm.KEY_AUTH).ending());
            });
            tpm.exact(side -> {
                Request request = Request.of(Ordinal.CERTIFY_KEY2)
                        .handle(of.of(side))
                        .handle(by.of(side))
                        .bytes(Bytes.zeros(20))
                        .bytes(nonce);
                request = hasFirst ? request.auth(side.oiap(OwnedTpm.KEY_AUTH).ending()) : request;
                return request.auth(side.oiap(OwnedTpm.KEY_AUTH).ending());
            });
            tpm.exact(side -> Request.of(Ordinal.CERTIFY_KEY2)
                    .handle(KeptState.LEGACY_KEY)
                    .handle(by.of(side))
                    .bytes(nonce)
                    .bytes(nonce)
                    .auth(side.oiap(KeptState.LEGACY).ending())
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending()));
        }
        certifier.ifPresent(this::evict);
        certified.ifPresent(this::evict);
    }

    private void unbind() {
        Bytes key = dice.of(material.binding().toArray(Bytes[]::new));
        load(key).ifPresent(handle -> {
            byte[] message = Bytes.hex(dice.of("01010000 02", "01010000 02", "01020000 02", "0101"))
                    .then(dice.octets(5))
                    .toArray();
            Bytes data = OwnedTpm.encrypt(Material.parsed(key).key().asPubkey(), dice.once(2) ? message : new byte[0]);
            Function<Side, ClientSession> user = user(handle, OwnedTpm.KEY_AUTH);
            tpm.exact(side -> Request.of(Ordinal.UN_BIND)
                    .handle(handle.of(side))
                    .sized(data)
                    .auth(user.apply(side)));
            Bytes noise = dice.octets(dice.number(63, 64, 64, 65, 128)).then(Bytes.EMPTY);
            tpm.exact(side -> Request.of(Ordinal.UN_BIND)
                    .handle(handle.of(side))
                    .sized(noise)
                    .auth(user.apply(side)));
            evict(handle);
        });
        Bytes forLegacy =
                OwnedTpm.encrypt(legacy(), Bytes.hex("01010000 02 616263").toArray());
        tpm.exact(side -> Request.of(Ordinal.UN_BIND)
                .handle(KeptState.LEGACY_KEY)
                .sized(forLegacy)
                .auth(side.oiap(KeptState.LEGACY)));
    }

    /** The public key of the legacy key. */
    static Pubkey legacy() {
        Bytes octets = Bytes.hex("00000001 0003 0002 0000000c 00000400 00000002 00000000 00000080")
                .then(KeptState.LEGACY_MODULUS);
        return Pubkey.unmarshal(WireReader.over(octets, TpmResult.WIRE_FAULTS));
    }

    /** TPM_PCR_INFO or TPM_PCR_INFO_LONG of PCR 16, which is mostly zero; or none. */
    private Bytes pcrInfo() {
        Bytes zero = Bytes.wrap(Hasher.digest(
                Digest.SHA1,
                Bytes.hex("0003 000001 00000014").then(Bytes.zeros(20)).toArray()));
        return switch (dice.below(5)) {
            case 0 -> Bytes.hex("0003 000001").then(zero).then(Bytes.zeros(20));
            case 1 -> Bytes.hex("0003 000001").then(dice.octets(20)).then(Bytes.zeros(20));
            case 2 ->
                Bytes.hex("0006 01" + dice.of("1f", "01", "02", "00") + "0003 000001 0003 000001")
                        .then(Bytes.zeros(20))
                        .then(zero);
            default -> Bytes.EMPTY;
        };
    }

    private void seal() {
        Bytes info = pcrInfo();
        Bytes secret = dice.octets(dice.number(0, 1, 20, 150, 180, 181, 190, 256));
        Ordinal ordinal = dice.of(Ordinal.SEAL, Ordinal.SEAL, Ordinal.SEALX);
        boolean isAes = dice.once(4);
        Both<Reply> sealed = tpm.sized(side -> {
            ClientSession session =
                    side.osap(EntityType.KEYHANDLE | (isAes ? 0x0600 : 0), ReservedHandle.SRK, KeptState.SRK);
            return Request.of(ordinal)
                    .handle(ReservedHandle.SRK)
                    .bytes(isAes ? session.encryptAes(OwnedTpm.KEY_AUTH) : session.encrypt(OwnedTpm.KEY_AUTH))
                    .sized(info)
                    .sized(secret)
                    .auth(session);
        });
        if (!Exchange.succeeded(sealed)) {
            return;
        }
        Bytes blob = dice.once(2) ? sealed.theirs().parameters() : sealed.ours().parameters();
        boolean isBound = dice.once(2);
        for (int i = 0; i < 2; i++) {
            Function<Side, Request> unseal = side -> Request.of(Ordinal.UNSEAL)
                    .handle(ReservedHandle.SRK)
                    .bytes(blob)
                    .auth(
                            isBound
                                    ? side.osap(EntityType.KEYHANDLE, ReservedHandle.SRK, KeptState.SRK)
                                    : side.oiap(KeptState.SRK).ending())
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending());
            if (ordinal == Ordinal.SEALX && isBound) {
                tpm.sized(unseal);
            } else {
                tpm.exact(unseal);
            }
            tpm.exact(Request.of(Ordinal.EXTEND)
                    .u32(16)
                    .bytes(secret.size() < 20 ? Bytes.zeros(20) : secret.slice(0, 20)));
        }
        tpm.exact(Request.of(Ordinal.PCR_RESET).hex("0003 000001"));
    }

    private void changeAuth() {
        Bytes key = anyKey();
        byte[] other = dice.octets(20).toArray();
        Bytes encData = Material.parsed(key).encData();
        int type = dice.number(EntityType.KEY, EntityType.KEY, EntityType.KEY, EntityType.DATA, EntityType.KEYHANDLE);
        Both<Reply> changed = tpm.sized(side -> {
            ClientSession session = side.osap(EntityType.KEYHANDLE, ReservedHandle.SRK, KeptState.SRK);
            return Request.of(Ordinal.CHANGE_AUTH)
                    .handle(ReservedHandle.SRK)
                    .u16(4)
                    .bytes(session.encrypt(other))
                    .u16(type)
                    .sized(encData)
                    .auth(session)
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending());
        });
        if (Exchange.succeeded(changed)) {
            Bytes newData = changed.theirs().reader().sized4(MAX);
            Bytes head = key.slice(0, key.size() - encData.size() - 4);
            load(head.then(new WireWriter().sized4(newData).toBytes())).ifPresent(handle -> {
                tpm.exact(side ->
                        Request.of(Ordinal.GET_PUB_KEY).handle(handle.of(side)).auth(side.oiap(other)));
                evict(handle);
            });
        }
    }

    private void identity() {
        load(material.identity()).ifPresent(handle -> {
            String symmetric = "00000006 0004 0010 c0c1c2c3c4c5c6c7c8c9cacbcccdcecf";
            Bytes digest = Material.parsed(material.identity()).key().asPubkey().digest();
            Bytes blob = OwnedTpm.encrypt(
                    material.endorsement(), Bytes.hex(symmetric + digest).toArray());
            tpm.exact(side -> Request.of(Ordinal.ACTIVATE_IDENTITY)
                    .handle(handle.of(side))
                    .sized(blob)
                    .auth(side.oiap(OwnedTpm.KEY_AUTH).ending())
                    .auth(side.oiap(KeptState.OWNER).ending()));
            evict(handle);
        });
    }

    /** Small keys, since making them takes time; now and then such that cannot be. */
    private void create() {
        String usage = dice.of("0010", "0010", "0014", "0015", "0011", "0012", "0013", "0016", "0009");
        int flags = dice.number(0, 0, 2, 4, 8, 1, 0x10, 0x12, 0x20);
        String parms = dice.of(
                Material.parms("0001", "0002"),
                Material.parms("0003", "0001"),
                Material.parms("0002", "0003"),
                "00000001 0001 0002 0000000c 00000200 00000003 00000000",
                "00000001 0001 0002 0000000c 00000240 00000002 00000000",
                "00000006 0001 0002 00000000");
        String keyInfo = OwnedTpm.keyInfo(usage, flags, parms);
        String info = dice.once(4) ? keyInfo.replace("0028 0000", "01010000") : keyInfo;
        Both<Reply> made = tpm.sized(side -> {
            ClientSession session = side.osap(EntityType.KEYHANDLE, ReservedHandle.SRK, KeptState.SRK);
            return Request.of(Ordinal.CREATE_WRAP_KEY)
                    .handle(ReservedHandle.SRK)
                    .bytes(session.encrypt(OwnedTpm.KEY_AUTH))
                    .bytes(session.encryptSecond(OwnedTpm.KEY_AUTH))
                    .hex(info)
                    .auth(session);
        });
        if (Exchange.succeeded(made)) {
            Bytes key = dice.once(2) ? made.ours().parameters() : made.theirs().parameters();
            load(key).ifPresent(this::evict);
        }
    }
}
