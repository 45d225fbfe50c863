package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.OwnedTpm.ET_KEYHANDLE;
import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.OWNER_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SIGNING_PARMS;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.STORAGE_PARMS;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The commands of certified migratable keys: TPM_CMK_... */
class CertifiedMigrationTest {
    private static final int MAX = 4096;
    private static final int APPROVE = 5;
    private static final int MIGRATE = 4;
    private static final String CMK = OwnedTpm.keyInfo("0010", 0x12, SIGNING_PARMS);

    private Twins twins;
    private int authorityHandle;
    private TpmKey authority;
    private int destinationHandle;
    private TpmKey destination;
    private Bytes msaList;
    private Bytes msaDigest;
    private Bytes approval;

    /** The authority signs; it and the destination are the migration authorities. */
    private void set(Tpm12Pair both) {
        Tpm12Client swtpm = both.swtpm();
        OwnedTpm.own(swtpm);
        Bytes signing = OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS));
        authority = key(signing).key();
        authorityHandle = OwnedTpm.loadKey(swtpm, signing);
        Bytes storage = OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0011", 0, STORAGE_PARMS));
        destination = key(storage).key();
        destinationHandle = OwnedTpm.loadKey(swtpm, storage);
        twins = Twins.of(both);
        msaList = Bytes.hex("00000002")
                .then(authority.asPubkey().digest())
                .then(destination.asPubkey().digest());
        msaDigest = sha1(msaList);
        approval = twins.send(tpm -> Request.of(Ordinal.CMK_APPROVE_MA)
                        .bytes(msaDigest)
                        .auth(tpm.oiap(OWNER_AUTH).ending()))
                .isSuccess()
                .parameters();
    }

    private static Bytes sha1(Bytes octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, octets.toArray()));
    }

    private static TpmKey.Wrapped key(Bytes octets) {
        return TpmKey.Wrapped.unmarshal(WireReader.over(octets, TpmResult.WIRE_FAULTS));
    }

    private static Bytes pubkey(TpmKey key) {
        WireWriter out = new WireWriter();
        key.asPubkey().marshal(out);
        return out.toBytes();
    }

    private static Bytes wrapped(TpmKey key, Bytes encData) {
        WireWriter out = new WireWriter();
        key.marshal(out);
        return out.sized4(encData).toBytes();
    }

    private Request createKey(Tpm12Client tpm, int parent, byte[] parentAuth, String keyInfo, Bytes approved) {
        ClientSession session = tpm.osap(ET_KEYHANDLE, parent, parentAuth);
        return Request.of(Ordinal.CMK_CREATE_KEY)
                .handle(parent)
                .bytes(session.encrypt(KEY_AUTH))
                .hex(keyInfo)
                .bytes(approved)
                .bytes(msaDigest)
                .auth(session);
    }

    private static Request createTicket(Tpm12Client tpm, Bytes key, Bytes signedData, Bytes signature) {
        return Request.of(Ordinal.CMK_CREATE_TICKET)
                .bytes(key)
                .bytes(signedData)
                .sized(signature)
                .auth(tpm.oiap(OWNER_AUTH).ending());
    }

    private Bytes restriction(TpmKey source) {
        return msaDigest
                .then(destination.asPubkey().digest())
                .then(source.asPubkey().digest());
    }

    private Bytes sign(Bytes data) {
        WireReader reader = twins.send(tpm -> Request.of(Ordinal.SIGN)
                        .handle(authorityHandle)
                        .sized(sha1(data))
                        .auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess()
                .reader();
        return reader.sized4(MAX);
    }

    private Bytes ticket(Bytes restriction) {
        Bytes signature = sign(restriction);
        return twins.send(tpm -> createTicket(tpm, pubkey(authority), sha1(restriction), signature))
                .isSuccess()
                .parameters();
    }

    private Bytes authorize(int scheme) {
        return twins.send(tpm -> Request.of(Ordinal.AUTHORIZE_MIGRATION_KEY)
                        .u16(scheme)
                        .bytes(pubkey(destination))
                        .auth(tpm.oiap(OWNER_AUTH).ending()))
                .isSuccess()
                .parameters();
    }

    private Request createBlob(Tpm12Client tpm, Bytes keyAuth, TpmKey.Wrapped source, Bytes restriction, Bytes ticket) {
        return createBlob(
                tpm, keyAuth, source.key().asPubkey().digest(), msaList, restriction, ticket, source.encData());
    }

    private static Request createBlob(
            Tpm12Client tpm,
            Bytes keyAuth,
            Bytes sourceDigest,
            Bytes msaList,
            Bytes restriction,
            Bytes ticket,
            Bytes encData) {
        return Request.of(Ordinal.CMK_CREATE_BLOB)
                .handle(SRK)
                .u16(APPROVE)
                .bytes(keyAuth)
                .bytes(sourceDigest)
                .sized(msaList)
                .sized(restriction)
                .sized(ticket)
                .sized(encData)
                .auth(tpm.oiap(SRK_AUTH).ending());
    }

    private Request convert(Tpm12Client tpm, Bytes restriction, Bytes ticket, Bytes migrated, Bytes random) {
        return convert(tpm, restriction, ticket, migrated, msaList, random);
    }

    private Request convert(
            Tpm12Client tpm, Bytes restriction, Bytes ticket, Bytes migrated, Bytes authorities, Bytes random) {
        return Request.of(Ordinal.CMK_CONVERT_MIGRATION)
                .handle(destinationHandle)
                .bytes(restriction)
                .bytes(ticket)
                .bytes(migrated)
                .sized(authorities)
                .sized(random)
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    @SameAsSwtpm12
    void migrateThereAndBackByTheWordOfAnAuthority(Tpm12Pair both) {
        set(both);
        Bytes toApproved = authorize(APPROVE);
        Bytes toAuthority = authorize(MIGRATE);
        for (boolean toSwtpm : new boolean[] {true, false}) {
            Tpm12Client source = toSwtpm ? twins.ours() : twins.swtpm();
            Tpm12Client target = toSwtpm ? twins.swtpm() : twins.ours();
            Bytes made = source.send(createKey(source, SRK, SRK_AUTH, CMK, approval))
                    .isSuccess()
                    .parameters();
            TpmKey.Wrapped cmk = key(made);
            OwnedTpm.loadKey(target, made);
            Bytes restriction = restriction(cmk.key());
            Bytes ticket = ticket(restriction);
            source.send(createBlob(source, toAuthority, cmk, Bytes.EMPTY, Bytes.EMPTY))
                    .isSuccess();
            WireReader blob = source.send(createBlob(source, toApproved, cmk, restriction, ticket))
                    .isSuccess()
                    .reader();
            Bytes random = blob.sized4(MAX);
            Bytes migrated = wrapped(cmk.key(), blob.sized4(MAX));
            WireReader converted = target.send(convert(target, restriction, ticket, migrated, random))
                    .isSuccess()
                    .reader();
            certify(target, load(target, wrapped(cmk.key(), converted.sized4(MAX))));
        }
    }

    private int load(Tpm12Client tpm, Bytes key) {
        return tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(destinationHandle)
                        .bytes(key)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess()
                .reader()
                .uint32();
    }

    private void certify(Tpm12Client tpm, int handle) {
        tpm.send(certifyRequest(tpm, handle, msaDigest)).isSuccess();
        tpm.send(certifyRequest(tpm, handle, sha1(msaDigest))).hasCode(TpmResult.MA_SOURCE);
    }

    private Request certifyRequest(Tpm12Client tpm, int handle, Bytes authorities) {
        return Request.of(Ordinal.CERTIFY_KEY2)
                .handle(handle)
                .handle(authorityHandle)
                .bytes(authorities)
                .bytes(Bytes.zeros(20))
                .auth(tpm.oiap(KEY_AUTH).ending())
                .auth(tpm.oiap(KEY_AUTH).ending());
    }

    @SameAsSwtpm12
    void refusesKeysAndTicketsLikeSwtpm(Tpm12Pair both) {
        set(both);
        twins.sendRandom(tpm -> createKey(tpm, SRK, SRK_AUTH, CMK, approval)).isSuccess();
        twins.send(tpm -> createKey(tpm, SRK, SRK_AUTH, CMK, msaDigest));
        twins.send(tpm -> createKey(tpm, SRK, KEY_AUTH, CMK, approval));
        twins.send(tpm -> createKey(tpm, authorityHandle, KEY_AUTH, CMK, approval));
        for (String keyInfo : new String[] {
            OwnedTpm.keyInfo("0010", 2, SIGNING_PARMS),
            OwnedTpm.keyInfo("0010", 0x10, SIGNING_PARMS),
            OwnedTpm.keyInfo("0012", 0x12, SIGNING_PARMS),
            OwnedTpm.keyInfo("0013", 0x12, STORAGE_PARMS),
            OwnedTpm.keyInfo("0011", 0x12, SIGNING_PARMS),
            CMK.replace("0028 0000", "01010000")
        }) {
            twins.send(tpm -> createKey(tpm, SRK, SRK_AUTH, keyInfo, approval));
        }
        Bytes signature = sign(msaList);
        Bytes key = pubkey(authority);
        Bytes modulus = key.slice(24, 260);
        twins.send(tpm -> createTicket(tpm, key, msaDigest, signature)).isSuccess();
        twins.send(tpm -> createTicket(tpm, key, approval, signature));
        twins.send(tpm -> createTicket(tpm, key, msaDigest, Bytes.EMPTY));
        twins.send(tpm -> createTicket(tpm, pubkey(destination), msaDigest, signature));
        for (String parms : new String[] {
            "00000000 0001 0002 00000000",
            "00000001 0001 0001 0000000c 00000800 00000002 00000000",
            "00000001 0001 0003 0000000c 00000800 00000002 00000000",
            "00000001 0001 0004 0000000c 00000800 00000002 00000000"
        }) {
            twins.send(tpm -> createTicket(tpm, Bytes.hex(parms).then(modulus), msaDigest, signature));
        }
        for (int restriction : new int[] {0, 0x8000_0000}) {
            twins.send(tpm -> Request.of(Ordinal.CMK_SET_RESTRICTIONS)
                    .u32(restriction)
                    .auth(tpm.oiap(OWNER_AUTH).ending()));
            twins.send(tpm -> Request.of(Ordinal.CMK_SET_RESTRICTIONS).u32(1).auth(tpm.oiap(KEY_AUTH)));
        }
    }

    @SameAsSwtpm12
    void refusesBlobsLikeSwtpm(Tpm12Pair both) {
        set(both);
        Tpm12Client swtpm = twins.swtpm();
        Bytes toApproved = authorize(APPROVE);
        Bytes toAuthority = authorize(MIGRATE);
        Bytes other = authorize(1);
        TpmKey.Wrapped cmk =
                key(swtpm.send(createKey(swtpm, SRK, SRK_AUTH, CMK, approval)).parameters());
        TpmKey.Wrapped plain =
                key(OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 2, SIGNING_PARMS)));
        Bytes restriction = restriction(cmk.key());
        Bytes ticket = ticket(restriction);
        Bytes elsewhere = msaDigest.then(msaDigest).then(cmk.key().asPubkey().digest());
        Bytes elsewhereTicket = ticket(elsewhere);
        Bytes another = msaDigest.then(destination.asPubkey().digest()).then(msaDigest);
        Bytes anotherTicket = ticket(another);
        twins.send(tpm -> createBlob(tpm, other, cmk, Bytes.EMPTY, Bytes.EMPTY));
        twins.send(tpm -> createBlob(tpm, toApproved, cmk, Bytes.EMPTY, Bytes.EMPTY));
        twins.send(tpm -> createBlob(tpm, toApproved, cmk, restriction, approval));
        twins.send(tpm -> createBlob(tpm, toApproved, cmk, elsewhere, elsewhereTicket));
        twins.send(tpm -> createBlob(tpm, toApproved, cmk, another, anotherTicket));
        twins.send(tpm -> createBlob(tpm, toApproved, plain, restriction, ticket));
        twins.send(tpm -> createBlob(tpm, toAuthority, cmk, restriction, Bytes.EMPTY));
        twins.send(tpm -> createBlob(tpm, toAuthority, cmk, Bytes.EMPTY, ticket));
        Bytes digest = cmk.key().asPubkey().digest();
        for (String list : new String[] {"00000000", "00000001", "ffffffff", "", "00000001" + digest}) {
            twins.send(tpm -> createBlob(tpm, toApproved, digest, Bytes.hex(list), restriction, ticket, cmk.encData()));
        }
        twins.send(tpm -> createBlob(tpm, toApproved, msaDigest, msaList, restriction, ticket, cmk.encData()));
        WireReader blob = swtpm.send(createBlob(swtpm, toApproved, cmk, restriction, ticket))
                .isSuccess()
                .reader();
        Bytes random = blob.sized4(MAX);
        Bytes migrated = wrapped(cmk.key(), blob.sized4(MAX));
        Bytes notMigratable = Bytes.hex("0028 0000 0010 00000010").then(migrated.slice(10, migrated.size() - 10));
        twins.sendRandom(tpm -> convert(tpm, restriction, ticket, migrated, random))
                .isSuccess();
        twins.send(tpm -> convert(tpm, restriction, approval, migrated, random));
        twins.send(tpm -> convert(tpm, elsewhere, elsewhereTicket, migrated, random));
        twins.send(tpm -> convert(tpm, another, anotherTicket, migrated, random));
        twins.send(tpm -> convert(tpm, restriction, ticket, migrated, random.then(random)));
        twins.send(tpm -> convert(tpm, restriction, ticket, migrated, Bytes.zeros(198)));
        twins.send(tpm -> convert(tpm, restriction, ticket, notMigratable, random));
        twins.send(tpm -> convert(tpm, restriction, ticket, migrated, Bytes.hex("00000000"), random));
        twins.send(tpm -> convert(
                tpm, restriction, ticket, migrated, Bytes.hex("00000001").then(digest), random));
        twins.send(tpm -> convert(tpm, restriction, ticket, wrapped(plain.key(), plain.encData()), random));
    }
}
