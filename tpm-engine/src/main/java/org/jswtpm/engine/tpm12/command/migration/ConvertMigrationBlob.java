package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MIGRATION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.key.MigrationBlob;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ConvertMigrationBlob: makes a key of this TPM of a migration blob.
 *
 * <p>Part 3, 11.2. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR;
 * TPM_BAD_PARAMETER for random octets of another size, TPM_INVALID_STRUCTURE, TPM_BAD_MIGRATION.
 */
public final class ConvertMigrationBlob implements Command<ConvertMigrationBlob.In, Bytes> {
    record In(int parentHandle, Bytes inData, Bytes random) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.sized(), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.byKeyIfNeeded(parent);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        StoreAsymkey key = MigrationBlob.open(in.inData, in.random, parent);
        try {
            check(key.payload() == StoreAsymkey.MIGRATE, BAD_MIGRATION);
            StoreAsymkey converted = new StoreAsymkey(
                    StoreAsymkey.ASYM, key.usageAuth(), key.migrationAuth(), key.pubDataDigest(), key.prime());
            return KeyWrap.wrap(converted, parent, tpm.random());
        } finally {
            key.wipe();
        }
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
