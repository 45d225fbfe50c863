package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MIGRATION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.key.MigrationBlob;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.MigrationKeyAuth;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CreateMigrationBlob: gives a migratable key to another parent, by way of a migration blob or directly.
 *
 * <p>Part 3, 11.1. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL; TPM_AUTHFAIL of the parent and of the migration key, TPM_AUTH2FAIL of
 * the key; TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_BAD_MIGRATION; TPM_BAD_PARAMETER for another type
 * of migration.
 */
public final class CreateMigrationBlob implements Command<CreateMigrationBlob.In, MigrationBlob> {
    /** TPM_MS_MIGRATE. */
    private static final int MIGRATE = 1;
    /** TPM_MS_REWRAP. */
    private static final int REWRAP = 2;

    record In(int parentHandle, int migrationType, MigrationKeyAuth migrationKeyAuth, Bytes encData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.uint16(), MigrationKeyAuth.unmarshal(in.wire()), in.sized());
    }

    @Override
    public MigrationBlob execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        if (auth.count() == 2) {
            auth.first().byKey(parent);
        } else {
            check(parent.needsNoAuthorization(), AUTHFAIL);
        }
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        byte[] message = parent.decrypt(in.encData);
        try {
            StoreAsymkey key = StoreAsymkey.unmarshal(WireReader.over(message, TpmResult.WIRE_FAULTS));
            try {
                check(key.payload() == StoreAsymkey.ASYM, BAD_MIGRATION);
                auth.last().bySecret(key.migrationAuth());
                in.migrationKeyAuth.check(tpm.permanent().tpmProof());
                return migrate(in, key, message, tpm);
            } finally {
                key.wipe();
            }
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** libtpms takes any scheme of the owner's for any type. */
    private static MigrationBlob migrate(In in, StoreAsymkey key, byte[] message, TpmState tpm) {
        Pubkey migrationKey = in.migrationKeyAuth.migrationKey();
        return switch (in.migrationType) {
            case MIGRATE ->
                key.migrationAuth()
                        .use(pHash -> MigrationBlob.seal(key, pHash, StoreAsymkey.MIGRATE, migrationKey, tpm.random()));
            case REWRAP -> new MigrationBlob(Bytes.EMPTY, LoadedKey.encrypt(migrationKey, message, tpm.random()));
            default -> throw BAD_PARAMETER.exception();
        };
    }

    @Override
    public void marshal(MigrationBlob out, WireWriter response) {
        out.marshal(response);
    }
}
