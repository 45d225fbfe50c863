package org.jswtpm.engine.tpm2.differential;

import java.util.random.RandomGenerator;
import org.jswtpm.engine.differential.Compare;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Short stories of valid commands. Each leaves no session or transient object behind. */
final class Scenes {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int LOCKOUT = 0x4000_000A;
    private static final int ENDORSEMENT = 0x4000_000B;
    private static final int PLATFORM = 0x4000_000C;
    private static final int SHA1 = 0x0004;
    private static final int SHA256 = 0x000B;
    private static final int SHA384 = 0x000C;
    private static final int SHA512 = 0x000D;
    private static final int ALG_NULL = 0x0010;
    private static final int[] HASHES = {SHA1, SHA256, SHA384, SHA512};
    private static final int[] DIGEST_SIZES = {20, 32, 48, 64};

    private static final int SCENES_BETWEEN_FLUSHES = 8;

    private final Exchange tpm;
    private final RandomGenerator random;
    private final KeyScenes keys;
    private final SigningScenes signing;
    private int played;

    Scenes(Exchange tpm, RandomGenerator random) {
        this.tpm = tpm;
        this.random = random;
        keys = new KeyScenes(tpm, random);
        signing = new SigningScenes(tpm, random);
    }

    /** Plays one scene, chosen at random. */
    void play() {
        if (++played % SCENES_BETWEEN_FLUSHES == 0) {
            flushAll();
        }
        switch (random.nextInt(17)) {
            case 0 -> capabilities();
            case 1, 2 -> pcrs();
            case 3 -> numbersAndHashes();
            case 4, 5 -> nv();
            case 6, 7 -> objects();
            case 8 -> hierarchies();
            case 9 -> policies();
            case 10 -> keys.symmetric();
            case 11 -> keys.rsa();
            case 12 -> keys.ecdh();
            case 13 -> keys.duplication();
            case 14, 15 -> signing.play();
            default -> lockout();
        }
    }

    /** Damaged commands leave objects and sessions behind, until there is no memory for others. */
    private void flushAll() {
        for (int i = 0; i < 3; i++) {
            tpm.plain(Request.of(0x165).u32(0x8000_0000 + i));
            tpm.plain(Request.of(0x165).u32(0x0200_0000 + i));
            tpm.plain(Request.of(0x165).u32(0x0300_0000 + i));
        }
    }

    private void capabilities() {
        int capability = random.nextInt(10);
        int property = random.nextInt(4) == 0 ? random.nextInt() : firstProperty(capability) + random.nextInt(64);
        tpm.codeOnly(Request.of(0x17A).u32(capability).u32(property).u32(1 + random.nextInt(128)));
        tpm.exact(Request.of(0x18A).raw("0001 0006 0080 0043 0010 0800 00000000"));
    }

    private static int firstProperty(int capability) {
        return switch (capability) {
            case 1 -> 0x8000_0000;
            case 2, 3, 4 -> 0x11F;
            case 6 -> 0x100 + 0x100;
            default -> 0;
        };
    }

    private void pcrs() {
        int pcr = random.nextInt(24);
        int bank = random.nextInt(4);
        Bytes selection = new WireWriter()
                .uint32(1)
                .uint16(HASHES[bank])
                .bytes(Bytes.hex("03"))
                .uint8(pcr < 8 ? 1 << pcr : 0)
                .uint8(pcr >= 8 && pcr < 16 ? 1 << pcr - 8 : 0)
                .uint8(pcr >= 16 ? 1 << pcr - 16 : 0)
                .toBytes();
        tpm.exact(Request.of(0x182)
                .handle(pcr)
                .password("")
                .u32(1)
                .u16(HASHES[bank])
                .raw(octets(DIGEST_SIZES[bank])));
        tpm.exact(Request.of(0x13C).handle(pcr).password("").sized2(octets(random.nextInt(100))));
        tpm.exact(Request.of(0x17E).raw(selection));
        tpm.exact(Request.of(0x13D).handle(pcr).password(""));
        tpm.exact(Request.of(0x17E).raw(selection));
    }

    private void numbersAndHashes() {
        tpm.codeOnly(Request.of(0x17B).u16(random.nextInt(80)));
        tpm.exact(Request.of(0x146).sized2(octets(random.nextInt(140))));
        tpm.codeOnly(Request.of(0x17D)
                .sized2(octets(random.nextInt(1025)))
                .u16(HASHES[random.nextInt(4)])
                .u32(NULL));
        tpm.codeOnly(Request.of(0x181));
        tpm.codeOnly(Request.of(0x17C));
        tpm.exact(Request.of(0x143).u8(random.nextInt(2)));
    }

    private void nv() {
        int index = 0x0150_0000 + random.nextInt(4);
        int type = new int[] {0, 0, 0, 1, 2, 4}[random.nextInt(6)];
        int size = switch (type) {
            case 1, 2 -> 8;
            case 4 -> 32;
            default -> 1 + random.nextInt(64);
        };
        int attributes = 0x0004_0004 | type << 4 | (random.nextInt() & 0x4A00_9C00);
        Bytes publicArea = new WireWriter()
                .uint32(index)
                .uint16(SHA256)
                .uint32(attributes)
                .uint16(0)
                .uint16(size)
                .toBytes();
        int auth = random.nextInt(3) == 0 ? index : OWNER;
        tpm.exact(Request.of(0x12A).handle(OWNER).password("").sized2("616263").sized2(publicArea));
        tpm.exact(Request.of(0x169).handle(index));
        for (int i = random.nextInt(6); i >= 0; i--) {
            useNv(auth, index, size, auth == index ? "616263" : "");
        }
        tpm.exact(Request.of(0x122).handle(OWNER).handle(index).password(""));
    }

    private void useNv(int auth, int index, int size, String password) {
        switch (random.nextInt(7)) {
            case 0 -> tpm.exact(Request.of(0x134).handle(auth).handle(index).password(password));
            case 1 ->
                tpm.exact(Request.of(0x135)
                        .handle(auth)
                        .handle(index)
                        .password(password)
                        .u64(random.nextLong()));
            case 2 ->
                tpm.exact(Request.of(0x136)
                        .handle(auth)
                        .handle(index)
                        .password(password)
                        .sized2(octets(random.nextInt(40))));
            case 3 -> tpm.exact(Request.of(0x138).handle(auth).handle(index).password(password));
            case 4 -> tpm.exact(Request.of(0x14F).handle(auth).handle(index).password(password));
            default -> {
                int length = random.nextInt(size + 1);
                tpm.exact(Request.of(0x137)
                        .handle(auth)
                        .handle(index)
                        .password(password)
                        .sized2(octets(length))
                        .u16(random.nextInt(size + 1)));
                tpm.exact(Request.of(0x14E)
                        .handle(auth)
                        .handle(index)
                        .password(password)
                        .u16(random.nextInt(size + 2))
                        .u16(random.nextInt(size + 1)));
            }
        }
    }

    private void objects() {
        int hierarchy = new int[] {OWNER, ENDORSEMENT, PLATFORM}[random.nextInt(3)];
        int curve = random.nextInt(3) == 0 ? 4 : 3;
        byte[] primary = tpm.send(
                Request.of(0x131)
                        .handle(hierarchy)
                        .password("")
                        .raw("0004 0000 0000")
                        .sized2(Templates.eccStorage(curve))
                        .raw("0000 00000000"),
                Compare.ALL);
        if (!Exchange.succeeded(primary)) {
            return;
        }
        int parent = Compare.intAt(primary, 10);
        tpm.exact(Request.of(0x173).handle(parent));
        child(parent);
        int persistent = (hierarchy == PLATFORM ? 0x8180_0000 : 0x8100_0000) + random.nextInt(3);
        int owner = hierarchy == PLATFORM ? PLATFORM : OWNER;
        tpm.exact(Request.of(0x120).handle(owner).handle(parent).password("").u32(persistent));
        tpm.exact(Request.of(0x173).handle(persistent));
        tpm.exact(
                Request.of(0x120).handle(owner).handle(persistent).password("").u32(persistent));
        tpm.plain(Request.of(0x165).u32(parent));
    }

    private void child(int parent) {
        Bytes template = switch (random.nextInt(5)) {
            case 0 -> Templates.eccSign(3);
            case 1 -> Templates.hmac();
            case 2 -> Templates.aes(128);
            default -> Templates.sealed();
        };
        Bytes data = template.equals(Templates.sealed()) ? octets(1 + random.nextInt(64)) : Bytes.EMPTY;
        Bytes sensitive = new WireWriter().sized2(Bytes.hex("6b")).sized2(data).toBytes();
        byte[] created = tpm.codeOnly(Request.of(0x153)
                .handle(parent)
                .password("")
                .sized2(sensitive)
                .sized2(template)
                .raw("0000 00000000"));
        if (!Exchange.succeeded(created)) {
            return;
        }
        byte[] loaded = tpm.exact(Request.of(0x157).handle(parent).password("").raw(privateAndPublic(created)));
        if (!Exchange.succeeded(loaded)) {
            return;
        }
        int object = Compare.intAt(loaded, 10);
        tpm.exact(Request.of(0x173).handle(object));
        tpm.exact(Request.of(0x15E).handle(object).password("6b"));
        tpm.exact(Request.of(0x15E).handle(object).password("6c"));
        tpm.plain(Request.of(0x165).u32(object));
    }

    /** The two TPM2Bs that TPM2_Load takes, out of TPM2_Create's response. */
    private static Bytes privateAndPublic(byte[] created) {
        int first = 14;
        int second = first + 2 + Exchange.shortAt(created, first);
        return Bytes.copyOf(created, first, second + 2 + Exchange.shortAt(created, second) - first);
    }

    private void hierarchies() {
        int hierarchy = new int[] {OWNER, ENDORSEMENT, LOCKOUT}[random.nextInt(3)];
        tpm.exact(Request.of(0x129).handle(hierarchy).password("").sized2("7077"));
        tpm.exact(Request.of(0x129).handle(hierarchy).password("").sized2(""));
        tpm.exact(Request.of(0x129).handle(hierarchy).password("7077").sized2(""));
        tpm.exact(Request.of(0x12E)
                .handle(hierarchy)
                .password("")
                .sized2(octets(32))
                .u16(SHA256));
        tpm.exact(Request.of(0x12E).handle(hierarchy).password("").sized2("").u16(ALG_NULL));
        tpm.exact(Request.of(0x127).handle(LOCKOUT).password("").u8(0));
        tpm.exact(
                Request.of(0x121).handle(PLATFORM).password("").u32(ENDORSEMENT).u8(1));
    }

    private void policies() {
        boolean trial = random.nextBoolean();
        byte[] started = tpm.codeOnly(Request.of(0x176)
                .handle(NULL)
                .handle(NULL)
                .sized2(octets(16 + random.nextInt(17)))
                .sized2("")
                .u8(trial ? 3 : 1)
                .u16(ALG_NULL)
                .u16(SHA256));
        if (!Exchange.succeeded(started)) {
            return;
        }
        int session = Compare.intAt(started, 10);
        for (int i = random.nextInt(6); i >= 0; i--) {
            extendPolicy(session);
            tpm.exact(Request.of(0x189).handle(session));
        }
        tpm.plain(Request.of(0x165).u32(session));
    }

    private void extendPolicy(int session) {
        switch (random.nextInt(12)) {
            case 0 -> tpm.exact(Request.of(0x17F).handle(session).sized2("").raw("00000001 000b 03 000100"));
            case 1 -> tpm.exact(Request.of(0x16B).handle(session));
            case 2 -> tpm.exact(Request.of(0x18C).handle(session));
            case 3 -> tpm.exact(Request.of(0x16C).handle(session).u32(0x11F + random.nextInt(0x80)));
            case 4 -> tpm.exact(Request.of(0x16F).handle(session).u8(random.nextInt(40)));
            case 5 -> tpm.exact(Request.of(0x16E).handle(session).sized2(octets(32)));
            case 6 -> tpm.exact(Request.of(0x170).handle(session).sized2(octets(32)));
            case 7 -> tpm.exact(Request.of(0x18F).handle(session).u8(random.nextInt(2)));
            case 8 ->
                tpm.exact(Request.of(0x171)
                        .handle(session)
                        .u32(2)
                        .sized2(octets(32))
                        .sized2(Bytes.zeros(32)));
            case 9 -> tpm.exact(Request.of(0x190).handle(session).sized2(octets(32)));
            case 10 -> tpm.exact(Request.of(0x180).handle(session));
            default ->
                tpm.codeOnly(Request.of(0x151)
                        .handle(OWNER)
                        .handle(session)
                        .password("")
                        .sized2("")
                        .sized2("")
                        .sized2(octets(8))
                        .u32(0));
        }
    }

    private void lockout() {
        tpm.exact(Request.of(0x13A)
                .handle(LOCKOUT)
                .password("")
                .u32(1000)
                .u32(1000)
                .u32(1000));
        tpm.exact(Request.of(0x139).handle(LOCKOUT).password(""));
        tpm.exact(Request.of(0x12D).handle(PLATFORM).password("").u32(0).u32(0));
        tpm.exact(Request.of(0x140)
                .handle(OWNER)
                .password("")
                .u16(ALG_NULL)
                .u32(0)
                .u32(0));
    }

    private Bytes octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
