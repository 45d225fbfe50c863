package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MIGRATION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_DESTINATION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_SOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.key.MigrationBlob;
import org.jswtpm.engine.tpm12.structure.CmkAuth;
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.MsaComposite;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_ConvertMigration: makes a certified migratable key of this TPM of a migration blob, if a migration authority has
 * approved that.
 *
 * <p>Part 3, 11.10. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL; TPM_AUTHFAIL of the parent and of the blob; TPM_INVALID_KEYUSAGE,
 * TPM_DECRYPT_ERROR, TPM_BAD_PARAMETER, TPM_INVALID_STRUCTURE, TPM_BAD_MIGRATION, TPM_MA_TICKET_SIGNATURE, TPM_MA_DESTINATION,
 * TPM_MA_SOURCE.
 */
public final class CmkConvertMigration implements Command<CmkConvertMigration.In, Bytes> {
    record In(
            int parentHandle,
            CmkAuth restrictTicket,
            Secret sigTicket,
            TpmKey.Wrapped migratedKey,
            Bytes msaList,
            Bytes random) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(
                in.handle(),
                CmkAuth.unmarshal(in.wire()),
                in.secret(),
                TpmKey.Wrapped.unmarshal(in.wire()),
                in.sized(),
                in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.first().byKey(parent);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        StoreAsymkey key = MigrationBlob.open(in.migratedKey.encData(), in.random, parent);
        try {
            return convert(in, key, parent, tpm);
        } finally {
            key.wipe();
        }
    }

    private static Bytes convert(In in, StoreAsymkey key, LoadedKey parent, TpmState tpm) {
        Secret tpmProof = tpm.permanent().tpmProof();
        TpmKey migrated = in.migratedKey.key();
        Bytes keyDigest = migrated.asPubkey().digest();
        MsaComposite msaList = MsaComposite.unmarshal(WireReader.over(in.msaList, TpmResult.WIRE_FAULTS));
        Bytes msaDigest = msaList.digest();
        byte[] pHash = Hasher.digest(Digest.SHA1, msaDigest.toArray(), keyDigest.toArray());
        check(key.migrationAuth().matches(pHash), AUTHFAIL);
        check(!parent.publicPart().keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        check(key.payload() == StoreAsymkey.CMK_MIGRATE, BAD_MIGRATION);
        msaList.checkSigned(in.sigTicket, in.restrictTicket.digest(), tpmProof);
        Bytes parentDigest = parent.publicPart().asPubkey().digest();
        check(parentDigest.equals(in.restrictTicket.destinationKeyDigest()), MA_DESTINATION);
        check(new LoadedKey(migrated, key).isComputable(), BAD_PARAMETER);
        check(migrated.keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        check(migrated.keyFlags().has(KeyFlags.MIGRATE_AUTHORITY), INVALID_KEYUSAGE);
        check(keyDigest.equals(in.restrictTicket.sourceKeyDigest()), MA_SOURCE);
        try (Secret migrationAuth =
                CmkTicket.migrationAuth(msaDigest, keyDigest).hmac(tpmProof)) {
            StoreAsymkey external = new StoreAsymkey(
                    StoreAsymkey.MIGRATE_EXTERNAL, key.usageAuth(), migrationAuth, key.pubDataDigest(), key.prime());
            return KeyWrap.wrap(external, parent, tpm.random());
        }
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
