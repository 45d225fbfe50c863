package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.OWNER_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SIGNING_PARMS;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.STORAGE_PARMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** TPM_AuthorizeMigrationKey, TPM_CreateMigrationBlob, TPM_ConvertMigrationBlob and TPM_MigrateKey. */
class MigrationTest {
    private static final int MIGRATE = 1;
    private static final int REWRAP = 2;

    private static TpmKey.Wrapped key(Bytes octets) {
        return TpmKey.Wrapped.unmarshal(WireReader.over(octets, TpmResult.WIRE_FAULTS));
    }

    private static Bytes pubkey(TpmKey key) {
        WireWriter out = new WireWriter();
        key.asPubkey().marshal(out);
        return out.toBytes();
    }

    private static Request authorize(Tpm12Client tpm, int scheme, Bytes migrationKey) {
        return Request.of(Ordinal.AUTHORIZE_MIGRATION_KEY)
                .u16(scheme)
                .bytes(migrationKey)
                .auth(tpm.oiap(OWNER_AUTH).ending());
    }

    private static Request migrate(Tpm12Client tpm, int type, Bytes migrationKeyAuth, Bytes encData, byte[] keyAuth) {
        return Request.of(Ordinal.CREATE_MIGRATION_BLOB)
                .handle(SRK)
                .u16(type)
                .bytes(migrationKeyAuth)
                .sized(encData)
                .auth(tpm.oiap(SRK_AUTH).ending())
                .auth(tpm.oiap(keyAuth).ending());
    }

    private static Request convert(Tpm12Client tpm, int parent, byte[] parentAuth, Bytes inData, Bytes random) {
        return Request.of(Ordinal.CONVERT_MIGRATION_BLOB)
                .handle(parent)
                .sized(inData)
                .sized(random)
                .auth(tpm.oiap(parentAuth).ending());
    }

    private static Bytes withEncData(TpmKey key, Bytes encData) {
        WireWriter out = new WireWriter();
        key.marshal(out);
        return out.sized4(encData).toBytes();
    }

    @SameAsSwtpm12
    void migratesThereAndBack(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        for (boolean toSwtpm : new boolean[] {true, false}) {
            Tpm12Client source = toSwtpm ? twins.ours() : twins.swtpm();
            Tpm12Client target = toSwtpm ? twins.swtpm() : twins.ours();
            Bytes storage = OwnedTpm.createKey(target, SRK, SRK_AUTH, OwnedTpm.keyInfo("0011", 0, STORAGE_PARMS));
            TpmKey parent = key(storage).key();
            int parentHandle = OwnedTpm.loadKey(target, storage);
            TpmKey.Wrapped migratable =
                    key(OwnedTpm.createKey(source, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 2, SIGNING_PARMS)));
            Bytes auth = source.send(authorize(source, MIGRATE, pubkey(parent)))
                    .isSuccess()
                    .parameters();
            WireReader blob = source.send(migrate(source, MIGRATE, auth, migratable.encData(), KEY_AUTH))
                    .isSuccess()
                    .reader();
            Bytes random = blob.sized4(4096);
            Bytes outData = blob.sized4(4096);
            assertEquals(198, random.size());
            WireReader converted = target.send(convert(target, parentHandle, KEY_AUTH, outData, random))
                    .isSuccess()
                    .reader();
            load(target, parentHandle, withEncData(migratable.key(), converted.sized4(4096)));
            WireReader rewrapped = source.send(migrate(source, REWRAP, auth, migratable.encData(), KEY_AUTH))
                    .isSuccess()
                    .reader();
            assertEquals(Bytes.EMPTY, rewrapped.sized4(4096));
            load(target, parentHandle, withEncData(migratable.key(), rewrapped.sized4(4096)));
        }
    }

    private static void load(Tpm12Client tpm, int parent, Bytes key) {
        tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(parent)
                        .bytes(key)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess();
    }

    @SameAsSwtpm12
    void authorizesKeysLikeSwtpm(Tpm12Pair both) {
        TpmKey srk = OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        Bytes key = pubkey(srk);
        Bytes modulus = key.slice(24, key.size() - 24);
        for (int scheme : new int[] {0, 1, 5, 0x1234}) {
            twins.send(tpm -> authorize(tpm, scheme, key));
        }
        for (String parms : new String[] {
            "00000001 0003 0001 0000000c 00000400 00000002 00000000",
            "00000001 0002 0001 0000000c 00000800 00000002 00000000",
            "00000001 0003 0002 0000000c 00000801 00000003 00000000",
            "00000001 0003 0001 0000000f 00000800 00000002 00000003 010001",
            "00000001 0003 0001 00000010 00000800 00000002 00000004 01000100",
            "00000001 0003 0001 0000000f 00000800 00000002 00000003 000011",
            "00000000 0003 0001 00000000",
            "00000006 0003 0001 00000000"
        }) {
            twins.send(tpm -> authorize(tpm, 1, Bytes.hex(parms).then(modulus)));
        }
        twins.send(tpm ->
                Request.of(Ordinal.AUTHORIZE_MIGRATION_KEY).u16(1).bytes(key).auth(tpm.oiap(KEY_AUTH)));
    }

    @SameAsSwtpm12
    void refusesBlobsLikeSwtpm(Tpm12Pair both) {
        Tpm12Client swtpm = both.swtpm();
        TpmKey srk = OwnedTpm.own(swtpm);
        TpmKey.Wrapped fixed =
                key(OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS)));
        TpmKey.Wrapped migratable =
                key(OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 2, SIGNING_PARMS)));
        Bytes auth = swtpm.send(authorize(swtpm, MIGRATE, pubkey(srk))).parameters();
        WireReader blob = swtpm.send(migrate(swtpm, MIGRATE, auth, migratable.encData(), KEY_AUTH))
                .isSuccess()
                .reader();
        Bytes random = blob.sized4(4096);
        Bytes outData = blob.sized4(4096);
        int signing = OwnedTpm.loadKey(swtpm, withEncData(fixed.key(), fixed.encData()));
        Twins twins = Twins.of(both);
        String otherEnd = auth.get(auth.size() - 1) == 0 ? "01" : "00";
        Bytes wrongAuth = auth.slice(0, auth.size() - 1).then(Bytes.hex(otherEnd));
        twins.send(tpm -> migrate(tpm, MIGRATE, auth, fixed.encData(), KEY_AUTH));
        twins.send(tpm -> migrate(tpm, MIGRATE, auth, migratable.encData(), SRK_AUTH));
        twins.send(tpm -> migrate(tpm, MIGRATE, wrongAuth, migratable.encData(), KEY_AUTH));
        twins.send(tpm -> migrate(tpm, 3, auth, migratable.encData(), KEY_AUTH));
        twins.send(tpm -> migrate(tpm, MIGRATE, auth, outData, KEY_AUTH));
        twins.send(tpm -> migrate(tpm, MIGRATE, auth, random, KEY_AUTH));
        twins.send(tpm -> migrate(tpm, MIGRATE, auth, outData.then(outData), KEY_AUTH));
        twins.sendRandom(tpm -> migrate(tpm, MIGRATE, auth, migratable.encData(), KEY_AUTH));
        twins.sendRandom(tpm -> migrate(tpm, REWRAP, auth, migratable.encData(), KEY_AUTH));
        twins.send(tpm -> Request.of(Ordinal.CREATE_MIGRATION_BLOB)
                .handle(SRK)
                .u16(1)
                .bytes(auth)
                .sized(migratable.encData())
                .auth(tpm.oiap(KEY_AUTH)));
        twins.send(tpm -> Request.of(Ordinal.CREATE_MIGRATION_BLOB)
                .handle(SRK)
                .u16(1)
                .bytes(auth)
                .sized(migratable.encData())
                .auth(tpm.oiap(SRK_AUTH))
                .auth(tpm.osap(OwnedTpm.ET_KEYHANDLE, SRK, SRK_AUTH)));
        twins.sendRandom(tpm -> convert(tpm, SRK, SRK_AUTH, outData, random));
        twins.send(tpm -> convert(tpm, SRK, KEY_AUTH, outData, random));
        twins.send(tpm -> convert(tpm, signing, KEY_AUTH, outData, random));
        twins.send(tpm -> convert(tpm, SRK, SRK_AUTH, outData, random.then(random)));
        twins.send(tpm -> convert(tpm, SRK, SRK_AUTH, outData, Bytes.zeros(198)));
        twins.send(tpm -> convert(tpm, SRK, SRK_AUTH, random, random));
        twins.send(tpm -> convert(tpm, SRK, SRK_AUTH, migratable.encData(), Bytes.EMPTY));
        twins.send(tpm -> Request.of(Ordinal.CONVERT_MIGRATION_BLOB)
                .handle(SRK)
                .sized(outData)
                .sized(random));
    }

    @SameAsSwtpm12
    void aMigrationAuthorityPassesKeysOnLikeSwtpm(Tpm12Pair both) {
        Tpm12Client swtpm = both.swtpm();
        TpmKey srk = OwnedTpm.own(swtpm);
        Bytes authority = OwnedTpm.createKey(swtpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0016", 0, STORAGE_PARMS));
        int handle = OwnedTpm.loadKey(swtpm, authority);
        Twins twins = Twins.of(both);
        Bytes data = OwnedTpm.encrypt(key(authority).key().asPubkey(), new byte[] {1, 2, 3});
        Bytes key = pubkey(srk);
        twins.sendRandom(tpm -> pass(handle, key, data).auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess();
        twins.send(tpm -> pass(handle, key, data));
        twins.send(tpm -> pass(handle, key, data).auth(tpm.oiap(SRK_AUTH)));
        twins.send(tpm -> pass(SRK, key, data).auth(tpm.oiap(SRK_AUTH).ending()));
        twins.send(tpm -> pass(handle, key, Bytes.zeros(256)).auth(tpm.oiap(KEY_AUTH)));
        twins.send(tpm -> pass(handle, Bytes.hex(SIGNING_PARMS).then(key.slice(24, 260)), data)
                .auth(tpm.oiap(KEY_AUTH)));
        twins.send(tpm -> pass(0x1234, key, data).auth(tpm.oiap(KEY_AUTH)));
    }

    private static Request pass(int maKeyHandle, Bytes pubKey, Bytes inData) {
        return Request.of(Ordinal.MIGRATE_KEY).handle(maKeyHandle).bytes(pubKey).sized(inData);
    }
}
