package org.jswtpm.engine.tpm2.differential;

import java.util.random.RandomGenerator;
import org.jswtpm.engine.differential.Compare;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of keys that sign and attest. Each leaves no session or transient object behind. */
final class SigningScenes {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int ENDORSEMENT = 0x4000_000B;
    private static final int PLATFORM = 0x4000_000C;
    private static final int INDEX = 0x0150_0010;

    private static final String NULL_TICKET = "8024 40000007 0000";
    private static final String NULL_SCHEME = "0010";
    private static final String[] SCHEMES = {
        NULL_SCHEME,
        "0005 000b",
        "0014 000b",
        "0014 0004",
        "0016 000c",
        "0016 000d",
        "0018 000b",
        "0018 000d",
        "001a 000b 0000",
        "001a 000b 0001",
        "001b 000b",
        "001c 000b",
        "001c 000d"
    };

    /** Keys that sign: restricted ones too, with schemes of their own and without, on most curves. */
    private static final String[] TEMPLATES = {
        "0023 000b 00040072 0000 0010 0018 000b 0003 0010 0000 0000",
        "0023 000b 00050072 0000 0010 0018 000b 0003 0010 0000 0000",
        "0023 000b 00040072 0000 0010 0010 0004 0010 0000 0000",
        "0023 000b 00060072 0000 0010 0010 0003 0010 0000 0000",
        "0023 000c 00040072 0000 0010 001b 000b 0020 0010 0000 0000",
        "0023 000b 00040072 0000 0010 001c 000b 0005 0010 0000 0000",
        "0023 000b 00040072 0000 0010 001a 000b 0000 0010 0010 0000 0000",
        "0023 000b 00050072 0000 0010 001a 000b 0000 0003 0010 0000 0000",
        "0001 000b 00040072 0000 0010 0014 000b 0400 00000000 0000",
        "0001 000b 00050072 0000 0010 0016 000b 0400 00000000 0000",
        "0001 000b 00060072 0000 0010 0010 0400 00000000 0000",
        "0008 000b 00040072 0000 0005 000b 0000",
        "0008 000b 00060072 0000 0010 0000",
        "0008 000b 00050072 0000 0005 000c 0000",
        "0023 000b 00020072 0000 0010 0010 0003 0010 0000 0000",
        "0025 000b 00060072 0000 0006 0080 0010 0000",
        "0023 000b 000c0072 0000 0010 0018 000b 0003 0010 0000 0000",
        "0001 000b 000c0072 0000 0010 0014 000b 0400 00000000 0000"
    };

    private final Exchange tpm;
    private final RandomGenerator random;

    /**
     * What TPM2_CreatePrimary gave.
     *
     * @param handle the key
     * @param name its Name
     * @param creationHash the digest of its creation data
     * @param ticket TPMT_TK_CREATION
     */
    private record Key(int handle, Bytes name, Bytes creationHash, Bytes ticket) {}

    SigningScenes(Exchange tpm, RandomGenerator random) {
        this.tpm = tpm;
        this.random = random;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        int hierarchy = new int[] {OWNER, ENDORSEMENT, PLATFORM}[random.nextInt(3)];
        byte[] created = tpm.plain(Request.of(0x131)
                .handle(hierarchy)
                .password("")
                .raw("0004 0000 0000")
                .sized2(TEMPLATES[random.nextInt(TEMPLATES.length)])
                .raw("0000 00000000"));
        if (!Exchange.succeeded(created)) {
            return;
        }
        Key key = key(created);
        switch (random.nextInt(7)) {
            case 0, 1 -> sign(key);
            case 2 -> certify(key);
            case 3 -> attestState(key);
            case 4 -> policySigned(key);
            case 5 -> certifyX509(key);
            default -> commit(key);
        }
        tpm.plain(Request.of(0x165).u32(key.handle));
    }

    private static Key key(byte[] created) {
        WireReader in = reader(created, 18);
        in.sized2(0xffff);
        in.sized2(0xffff);
        Bytes creationHash = in.sized2(0xffff);
        WireWriter ticket = new WireWriter().bytes(in.bytes(6)).sized2(in.sized2(0xffff));
        return new Key(Compare.intAt(created, 10), in.sized2(0xffff), creationHash, ticket.toBytes());
    }

    private static WireReader reader(byte[] response, int offset) {
        return WireReader.over(Bytes.copyOf(response, offset, response.length - offset), TpmRc.WIRE_FAULTS);
    }

    private String scheme() {
        return random.nextBoolean() ? NULL_SCHEME : SCHEMES[random.nextInt(SCHEMES.length)];
    }

    private void sign(Key key) {
        Bytes digest = octets(new int[] {32, 32, 32, 20, 48, 64}[random.nextInt(6)]);
        Bytes ticket = Bytes.hex(NULL_TICKET);
        if (random.nextBoolean()) {
            byte[] hashed = tpm.plain(Request.of(0x17D)
                    .sized2(octets(10))
                    .u16(new int[] {4, 0xB, 0xB, 0xC}[random.nextInt(4)])
                    .u32(OWNER));
            WireReader in = reader(hashed, 10);
            digest = in.sized2(64);
            ticket = in.bytes(in.remaining());
        }
        byte[] signed = tpm.codeOnly(Request.of(0x15D)
                .handle(key.handle)
                .password("")
                .sized2(digest)
                .raw(scheme())
                .raw(ticket));
        Bytes signature = Exchange.succeeded(signed)
                ? Bytes.copyOf(signed, 14, signed.length - 14 - 5)
                : Bytes.hex(SCHEMES[1 + random.nextInt(SCHEMES.length - 1)]).then(octets(32));
        tpm.exact(Request.of(0x177).handle(key.handle).sized2(digest).raw(signature));
    }

    private void certify(Key key) {
        tpm.codeOnly(Request.of(0x148)
                .handle(key.handle)
                .handle(random.nextInt(4) == 0 ? NULL : key.handle)
                .password("")
                .password("")
                .sized2(octets(random.nextInt(67)))
                .raw(scheme()));
        tpm.codeOnly(Request.of(0x14A)
                .handle(key.handle)
                .handle(key.handle)
                .password("")
                .sized2(octets(random.nextInt(67)))
                .sized2(key.creationHash)
                .raw(scheme())
                .raw(key.ticket));
    }

    private void attestState(Key key) {
        int signer = random.nextInt(4) == 0 ? NULL : key.handle;
        Bytes extra = octets(random.nextInt(67));
        tpm.codeOnly(Request.of(0x158)
                .handle(signer)
                .password("")
                .sized2(extra)
                .raw(scheme())
                .raw("00000002 000b 03 ff00ff 0004 03 010000"));
        tpm.codeOnly(Request.of(0x14C)
                .handle(ENDORSEMENT)
                .handle(signer)
                .password("")
                .password("")
                .sized2(extra)
                .raw(scheme()));
        tpm.codeOnly(Request.of(0x133)
                .handle(ENDORSEMENT)
                .handle(signer)
                .password("")
                .password("")
                .sized2(extra)
                .raw(scheme()));
        nvCertify(signer, extra);
        sessionAudit(signer, extra);
    }

    private void nvCertify(int signer, Bytes extra) {
        Bytes publicArea = new WireWriter()
                .uint32(INDEX)
                .uint16(0xB)
                .uint32(0x0006_0006)
                .uint16(0)
                .uint16(1200)
                .toBytes();
        tpm.plain(Request.of(0x12A).handle(OWNER).password("").sized2("").sized2(publicArea));
        if (random.nextInt(4) != 0) {
            tpm.plain(Request.of(0x137)
                    .handle(OWNER)
                    .handle(INDEX)
                    .password("")
                    .sized2(octets(1024))
                    .u16(random.nextInt(200)));
        }
        tpm.codeOnly(Request.of(0x184)
                .handle(signer)
                .handle(OWNER)
                .handle(INDEX)
                .password("")
                .password("")
                .sized2(extra)
                .raw(scheme())
                .u16(new int[] {0, 8, 1024, 1025, 1200}[random.nextInt(5)])
                .u16(new int[] {0, 0, 8, 1200}[random.nextInt(4)]));
        tpm.plain(Request.of(0x122).handle(OWNER).handle(INDEX).password(""));
    }

    private void sessionAudit(int signer, Bytes extra) {
        int session = startSession(0);
        tpm.codeOnly(Request.of(0x14D)
                .handle(ENDORSEMENT)
                .handle(signer)
                .handle(session)
                .password("")
                .password("")
                .sized2(extra)
                .raw(scheme()));
        tpm.plain(Request.of(0x165).u32(session));
    }

    private int startSession(int type) {
        byte[] started = tpm.plain(Request.of(0x176)
                .handle(NULL)
                .handle(NULL)
                .sized2(octets(16))
                .sized2("")
                .u8(type)
                .u16(0x10)
                .u16(0xB));
        return Exchange.succeeded(started) ? Compare.intAt(started, 10) : 0x0200_0000;
    }

    /** Only the octets of the certificate are damaged: with TPM_RH_NULL as the signer libtpms ends the process. */
    private void certifyX509(Key key) {
        String name = "3000";
        String algorithm = random.nextBoolean() ? "" : "300a 06082a8648ce3d040302";
        String usage = "0603551d0f 0404 0302" + (random.nextBoolean() ? "0780" : "0106");
        String attributes = random.nextInt(4) == 0 ? "0607 6781050a010101 0407 0305 00 00040072" : "";
        Bytes partial = sequence(
                0x30,
                Bytes.hex(algorithm + name + name + name)
                        .then(sequence(
                                0xA3,
                                sequence(
                                        0x30,
                                        sequence(0x30, Bytes.hex(attributes))
                                                .then(sequence(0x30, Bytes.hex(usage)))))));
        byte[] octets = partial.toArray();
        for (int i = random.nextInt(3); i > 0; i--) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        tpm.plain(Request.of(0x197)
                .handle(key.handle)
                .handle(key.handle)
                .password("")
                .password("")
                .sized2("")
                .raw(scheme())
                .sized2(Bytes.wrap(octets)));
    }

    private static Bytes sequence(int tag, Bytes contents) {
        return new WireWriter()
                .uint8(tag)
                .uint8(contents.size())
                .bytes(contents)
                .toBytes();
    }

    private void policySigned(Key key) {
        int session = startSession(random.nextInt(4) == 0 ? 3 : 1);
        Bytes policyRef = octets(random.nextInt(33));
        Bytes cpHash = random.nextInt(3) == 0 ? octets(32) : Bytes.EMPTY;
        int expiration = random.nextInt(3) == 0 ? 3600 : 0;
        byte[] hashed = tpm.plain(Request.of(0x17D)
                .sized2(new WireWriter()
                        .uint32(expiration)
                        .bytes(cpHash)
                        .bytes(policyRef)
                        .toBytes())
                .u16(0xB)
                .u32(OWNER));
        WireReader in = reader(hashed, 10);
        byte[] signed = tpm.plain(Request.of(0x15D)
                .handle(key.handle)
                .password("")
                .sized2(in.sized2(64))
                .raw(scheme())
                .raw(in.bytes(in.remaining())));
        Bytes signature = Exchange.succeeded(signed)
                ? Bytes.copyOf(signed, 14, signed.length - 14 - 5)
                : Bytes.hex("001a 000b 0001 01 0001 01");
        tpm.exact(Request.of(0x160)
                .handle(key.handle)
                .handle(session)
                .sized2("")
                .sized2(cpHash)
                .sized2(policyRef)
                .u32(expiration)
                .raw(signature));
        tpm.exact(Request.of(0x189).handle(session));
        tpm.plain(Request.of(0x165).u32(session));
    }

    /** The generator of P-256 as the first point, or none; a second point of which nobody knows whether it is one. */
    private void commit(Key key) {
        String[] points = {
            "0004 0000 0000",
            "0044 0020 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "0020 4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
            "0006 0001 01 0001 02"
        };
        boolean second = random.nextInt(4) == 0;
        byte[] committed = tpm.codeOnly(Request.of(0x18B)
                .handle(key.handle)
                .password("")
                .raw(points[random.nextInt(points.length)])
                .sized2(second ? octets(16) : Bytes.EMPTY)
                .sized2(second || random.nextInt(8) == 0 ? octets(32) : Bytes.EMPTY));
        int count = Exchange.succeeded(committed)
                ? Compare.intAt(committed, committed.length - 5 - 4) & 0xffff
                : random.nextInt(4);
        tpm.codeOnly(Request.of(0x18E).u16(random.nextInt(6)));
        for (int i = 0; i < 2; i++) {
            tpm.plain(Request.of(0x15D)
                    .handle(key.handle)
                    .password("")
                    .sized2(octets(32))
                    .raw("001a 000b")
                    .u16(count)
                    .raw(NULL_TICKET));
        }
    }

    private Bytes octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
