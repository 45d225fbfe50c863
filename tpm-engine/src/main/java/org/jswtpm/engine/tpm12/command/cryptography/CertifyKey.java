package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MIGRATEFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.CertifyInfo;
import org.jswtpm.engine.tpm12.structure.CertifyInfo2;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.Locality;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CertifyKey: one key of the TPM vouches for another, which is not a certified migratable one.
 *
 * <p>Part 3, 13.8. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL; TPM_BAD_KEY_PROPERTY for a key that does not sign SHA-1; TPM_AUTHFAIL,
 * TPM_AUTH2FAIL; TPM_INVALID_KEYUSAGE; TPM_MIGRATEFAIL for an identity that should vouch for a migratable key.
 */
public final class CertifyKey implements Command<CertifyKey.In, Certification> {
    private static final int FIRST_PCR_OF_TPM12 = 16;

    record In(int certHandle, int keyHandle, Bytes antiReplay) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.handle(), in.nonce());
    }

    @Override
    public Certification execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey certKey = tpm.keyForUse(in.certHandle);
        LoadedKey target = tpm.keyForUse(in.keyHandle);
        Certification.checkScheme(certKey);
        authorize(certKey, target, auth);
        check(target.privatePart().payload() == StoreAsymkey.ASYM, INVALID_KEYUSAGE);
        boolean isMigratable = target.publicPart().keyFlags().has(KeyFlags.MIGRATABLE);
        check(certKey.publicPart().keyUsage() != KeyUsage.IDENTITY || !isMigratable, MIGRATEFAIL);
        Certification.checkUsage(certKey, target);
        boolean parentPcrStatus = tpm.parentPcrStatus(in.keyHandle);
        return Certification.sign(certifyInfo(target.publicPart(), in.antiReplay, parentPcrStatus), certKey);
    }

    /** A single authorization is that of the key that is certified, and yet counts as a second one. */
    private static void authorize(LoadedKey certKey, LoadedKey target, Authorizations auth) {
        if (auth.count() == 2) {
            auth.first().byKey(certKey);
            auth.second().byKey(target);
            return;
        }
        check(certKey.needsNoAuthorization(), AUTHFAIL);
        if (auth.isAny()) {
            auth.last().byKey(target);
        } else {
            check(target.publicPart().authDataUsage() != TpmKey.AUTH_ALWAYS, AUTHFAIL);
        }
    }

    /** TPM_CERTIFY_INFO, or TPM_CERTIFY_INFO2 where the key is bound to what TPM 1.1 did not know. */
    private static WireWriter certifyInfo(TpmKey key, Bytes antiReplay, boolean parentPcrStatus) {
        WireWriter out = new WireWriter();
        if (isBoundAsTpm12(key.pcrInfo().atRelease())) {
            new CertifyInfo2(key, StoreAsymkey.ASYM, antiReplay, parentPcrStatus, Bytes.EMPTY).marshal(out);
        } else {
            new CertifyInfo(key, antiReplay, parentPcrStatus).marshal(out);
        }
        return out;
    }

    private static boolean isBoundAsTpm12(PcrInfoShort atRelease) {
        boolean isBound = atRelease.localityAtRelease() != Locality.ALL;
        for (int pcr = FIRST_PCR_OF_TPM12; pcr < atRelease.selection().bits().size() * Byte.SIZE; pcr++) {
            isBound |= atRelease.selection().isSelected(pcr);
        }
        return isBound;
    }

    @Override
    public void marshal(Certification out, WireWriter response) {
        out.marshal(response);
    }
}
