package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyMaker;
import org.jswtpm.engine.tpm12.key.KeyProperties;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CreateWrapKey: makes a key, wrapped by a storage key.
 *
 * <p>Part 3, 10.4. TPM_AUTHFAIL, TPM_BAD_KEY_PROPERTY, TPM_INVALID_KEYUSAGE.
 */
public final class CreateWrapKey implements Command<CreateWrapKey.In, TpmKey.Wrapped> {
    record In(int parentHandle, Bytes dataUsageAuth, Bytes dataMigrationAuth, TpmKey.Wrapped keyInfo) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.encAuth(), in.encAuth(), TpmKey.Wrapped.unmarshal(in.wire()));
    }

    @Override
    public TpmKey.Wrapped execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.first().byKeyWithSharedSecret(parent);
        TpmKey template = in.keyInfo.key();
        KeyProperties.check(template, tpm.permanentFlags().is(PermanentFlag.FIPS));
        boolean isMigratable = template.keyFlags().has(KeyFlags.MIGRATABLE);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        check(isMigratable || !parent.publicPart().keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        int usage = template.keyUsage();
        check(usage != KeyUsage.IDENTITY && usage != KeyUsage.AUTHCHANGE, INVALID_KEYUSAGE);
        check(!template.keyFlags().has(KeyFlags.MIGRATE_AUTHORITY), INVALID_KEYUSAGE);
        Secret usageAuth = auth.first().decryptAuth(in.dataUsageAuth);
        Secret migrationAuth = auth.first().decryptSecondAuth(in.dataMigrationAuth);
        auth.first().endSession();
        LoadedKey key = KeyMaker.make(
                template,
                tpm.pcrs().atCreation(template.pcrInfo(), tpm.locality()),
                usageAuth,
                isMigratable ? migrationAuth : tpm.permanent().tpmProof().copy(),
                tpm.keySource());
        try {
            return new TpmKey.Wrapped(key.publicPart(), KeyWrap.wrap(key.privatePart(), parent, tpm.random()));
        } finally {
            key.wipe();
            migrationAuth.close();
        }
    }

    @Override
    public void marshal(TpmKey.Wrapped out, WireWriter response) {
        out.marshal(response);
    }
}
