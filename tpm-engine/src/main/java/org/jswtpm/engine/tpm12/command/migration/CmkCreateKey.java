package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_AUTHORITY;
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
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_CreateKey: makes a certified migratable key, which migrates by the word of its migration authorities only.
 *
 * <p>Part 3, 11.7. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL, TPM_BAD_KEY_PROPERTY, TPM_NOTFIPS,
 * TPM_INVALID_KEYUSAGE; TPM_MA_AUTHORITY without the owner's approval; TPM_INVALID_STRUCTURE for a TPM_KEY of TPM 1.1.
 */
public final class CmkCreateKey implements Command<CmkCreateKey.In, TpmKey.Wrapped> {
    record In(
            int parentHandle,
            Bytes dataUsageAuth,
            TpmKey.Wrapped keyInfo,
            Secret migrationAuthorityApproval,
            Bytes migrationAuthorityDigest) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.encAuth(), TpmKey.Wrapped.unmarshal(in.wire()), in.secret(), in.digest());
    }

    @Override
    public TpmKey.Wrapped execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.first().byKeyWithSharedSecret(parent);
        TpmKey template = in.keyInfo.key();
        KeyProperties.check(template, tpm.permanentFlags().is(PermanentFlag.FIPS));
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        check(!parent.publicPart().keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        check(template.keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        check(template.keyFlags().has(KeyFlags.MIGRATE_AUTHORITY), INVALID_KEYUSAGE);
        boolean isApproved = CmkTicket.approval(in.migrationAuthorityDigest)
                .isConfirmedBy(in.migrationAuthorityApproval, tpm.permanent().tpmProof());
        check(isApproved, MA_AUTHORITY);
        int usage = template.keyUsage();
        check(usage != KeyUsage.IDENTITY && usage != KeyUsage.AUTHCHANGE, INVALID_KEYUSAGE);
        check(template.isKey12(), INVALID_STRUCTURE);
        Secret usageAuth = auth.first().decryptAuth(in.dataUsageAuth);
        auth.first().endSession();
        LoadedKey key = KeyMaker.make(
                template,
                tpm.pcrs().atCreation(template.pcrInfo(), tpm.locality()),
                usageAuth,
                Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]),
                tpm.keySource());
        try {
            return new TpmKey.Wrapped(key.publicPart(), wrap(key, in.migrationAuthorityDigest, parent, tpm));
        } finally {
            key.wipe();
        }
    }

    /** The ticket of the migration authorities stands in the place of migrationAuth. */
    private static Bytes wrap(LoadedKey key, Bytes msaDigest, LoadedKey parent, TpmState tpm) {
        StoreAsymkey made = key.privatePart();
        CmkTicket ticket =
                CmkTicket.migrationAuth(msaDigest, key.publicPart().asPubkey().digest());
        try (Secret migrationAuth = ticket.hmac(tpm.permanent().tpmProof())) {
            StoreAsymkey restricted = new StoreAsymkey(
                    StoreAsymkey.MIGRATE_RESTRICTED,
                    made.usageAuth(),
                    migrationAuth,
                    made.pubDataDigest(),
                    made.prime());
            return KeyWrap.wrap(restricted, parent, tpm.random());
        }
    }

    @Override
    public void marshal(TpmKey.Wrapped out, WireWriter response) {
        out.marshal(response);
    }
}
