package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_AUTHORITY;
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
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.CmkAuth;
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.MigrationKeyAuth;
import org.jswtpm.engine.tpm12.structure.MsaComposite;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_CreateBlob: lets a certified migratable key migrate, to a migration authority or to whom one has approved.
 *
 * <p>Part 3, 11.9. TPM_INVALID_STRUCTURE and TPM_SIZE of the list; TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL; TPM_AUTHFAIL of the
 * parent and of the migration key; TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR, TPM_MA_AUTHORITY, TPM_MA_TICKET_SIGNATURE,
 * TPM_BAD_KEY_PROPERTY, TPM_INAPPROPRIATE_ENC, TPM_BAD_PARAMETER, TPM_MA_DESTINATION, TPM_MA_SOURCE.
 */
public final class CmkCreateBlob implements Command<CmkCreateBlob.In, MigrationBlob> {
    /** TPM_MS_RESTRICT_MIGRATE. */
    private static final int RESTRICT_MIGRATE = 4;
    /** TPM_MS_RESTRICT_APPROVE. */
    private static final int RESTRICT_APPROVE = 5;

    /** migrationType is not among them, since libtpms goes by the scheme that the owner has authorized. */
    record In(
            int parentHandle,
            MigrationKeyAuth migrationKeyAuth,
            Bytes pubSourceKeyDigest,
            MsaComposite msaList,
            Bytes restrictTicket,
            Bytes sigTicket,
            Bytes encData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        int parentHandle = in.handle();
        in.uint16();
        return new In(
                parentHandle,
                MigrationKeyAuth.unmarshal(in.wire()),
                in.digest(),
                MsaComposite.unmarshal(reader(in.sized())),
                in.sized(),
                in.sized(),
                in.sized());
    }

    @Override
    public MigrationBlob execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.first().byKey(parent);
        check(!parent.publicPart().keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        StoreAsymkey key = KeyWrap.unwrap(in.encData, parent);
        try {
            Secret tpmProof = tpm.permanent().tpmProof();
            in.migrationKeyAuth.check(tpmProof);
            check(key.isCertifiedMigratable(), INVALID_STRUCTURE);
            Bytes msaDigest = in.msaList.digest();
            CmkTicket ticket = CmkTicket.migrationAuth(msaDigest, in.pubSourceKeyDigest);
            check(ticket.isConfirmedBy(key.migrationAuth(), tpmProof), MA_AUTHORITY);
            switch (in.migrationKeyAuth.migrationScheme()) {
                case RESTRICT_MIGRATE -> checkAuthority(in);
                case RESTRICT_APPROVE -> checkApproval(in, tpmProof);
                default -> throw BAD_PARAMETER.exception();
            }
            byte[] pHash = Hasher.digest(Digest.SHA1, msaDigest.toArray(), in.pubSourceKeyDigest.toArray());
            Pubkey migrationKey = in.migrationKeyAuth.migrationKey();
            return MigrationBlob.seal(key, pHash, StoreAsymkey.CMK_MIGRATE, migrationKey, tpm.random());
        } finally {
            key.wipe();
        }
    }

    /** The key migrates to a migration authority. */
    private static void checkAuthority(In in) {
        Pubkey migrationKey = in.migrationKeyAuth.migrationKey();
        in.msaList.checkContains(migrationKey.digest());
        KeyParms parms = migrationKey.algorithmParms();
        check(parms.algorithmId() == AlgorithmId.RSA, BAD_KEY_PROPERTY);
        check(parms.encScheme() == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1, INAPPROPRIATE_ENC);
        check(parms.sigScheme() == AlgorithmId.SS_NONE, INVALID_KEYUSAGE);
        check(in.restrictTicket.isEmpty(), BAD_PARAMETER);
        check(in.sigTicket.isEmpty(), BAD_PARAMETER);
    }

    /** The key migrates to a destination that a migration authority has approved. */
    private static void checkApproval(In in, Secret tpmProof) {
        Bytes signedData = Bytes.wrap(Hasher.digest(Digest.SHA1, in.restrictTicket.toArray()));
        try (Secret sigTicket = reader(in.sigTicket).secret(TpmLimits.DIGEST_SIZE)) {
            in.msaList.checkSigned(sigTicket, signedData, tpmProof);
        }
        CmkAuth restriction = CmkAuth.unmarshal(reader(in.restrictTicket));
        Bytes destination = in.migrationKeyAuth.migrationKey().digest();
        check(destination.equals(restriction.destinationKeyDigest()), MA_DESTINATION);
        check(in.pubSourceKeyDigest.equals(restriction.sourceKeyDigest()), MA_SOURCE);
    }

    private static WireReader reader(Bytes octets) {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS);
    }

    @Override
    public void marshal(MigrationBlob out, WireWriter response) {
        out.marshal(response);
    }
}
