package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_SOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MIGRATEFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.CertifyInfo2;
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CertifyKey2: one key of the TPM vouches for another, which can be a certified migratable one.
 *
 * <p>Part 3, 13.9. The errors of TPM_CertifyKey, and TPM_MA_SOURCE if the migration authority is not that of the key.
 */
public final class CertifyKey2 implements Command<CertifyKey2.In, Certification> {
    record In(int keyHandle, int certHandle, Bytes migrationPubDigest, Bytes antiReplay) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.handle(), in.digest(), in.nonce());
    }

    @Override
    public Certification execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey target = tpm.keyForUse(in.keyHandle);
        LoadedKey certKey = tpm.keyForUse(in.certHandle);
        Certification.checkScheme(certKey);
        authorize(certKey, target, auth);
        boolean isCertifiedMigratable = target.privatePart().isCertifiedMigratable();
        KeyFlags flags = target.publicPart().keyFlags();
        boolean stays =
                !flags.has(KeyFlags.MIGRATABLE) || flags.has(KeyFlags.MIGRATE_AUTHORITY) && isCertifiedMigratable;
        check(certKey.publicPart().keyUsage() != KeyUsage.IDENTITY || stays, MIGRATEFAIL);
        Certification.checkUsage(certKey, target);
        Bytes migrationAuthority =
                isCertifiedMigratable ? migrationAuthority(target, in.migrationPubDigest, tpm) : Bytes.EMPTY;
        WireWriter info = new WireWriter();
        new CertifyInfo2(
                        target.publicPart(),
                        target.privatePart().payload(),
                        in.antiReplay,
                        tpm.parentPcrStatus(in.keyHandle),
                        migrationAuthority)
                .marshal(info);
        return Certification.sign(info, certKey);
    }

    /** A single authorization is that of the key that certifies, and yet counts as a second one. */
    private static void authorize(LoadedKey certKey, LoadedKey target, Authorizations auth) {
        if (auth.count() == 2) {
            auth.first().byKey(target);
            auth.second().byKey(certKey);
            return;
        }
        check(target.publicPart().authDataUsage() != TpmKey.AUTH_ALWAYS, AUTHFAIL);
        if (auth.isAny()) {
            auth.last().byKey(certKey);
        } else {
            check(certKey.needsNoAuthorization(), AUTHFAIL);
        }
    }

    private static Bytes migrationAuthority(LoadedKey target, Bytes migrationPubDigest, TpmState tpm) {
        StoreAsymkey privatePart = target.privatePart();
        CmkTicket ticket = CmkTicket.migrationAuth(
                migrationPubDigest, target.publicPart().asPubkey().digest());
        check(ticket.isConfirmedBy(privatePart.migrationAuth(), tpm.permanent().tpmProof()), MA_SOURCE);
        return Bytes.wrap(
                Hasher.digest(Digest.SHA1, migrationPubDigest.toArray(), new byte[] {(byte) privatePart.payload()}));
    }

    @Override
    public void marshal(Certification out, WireWriter response) {
        out.marshal(response);
    }
}
