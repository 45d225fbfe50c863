package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.SealedData;
import org.jswtpm.engine.tpm12.structure.StoredData;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Unseal: decrypts sealed data.
 *
 * <p>Part 3, 10.2. TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_NOTSEALED_BLOB, TPM_WRONGPCRVAL, TPM_BAD_LOCALITY, TPM_AUTH2FAIL, TPM_BAD_MODE.
 */
public final class Unseal implements Command<Unseal.In, Secret> {
    record In(int parentHandle, StoredData.Sealed inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), StoredData.Sealed.unmarshal(in.wire()));
    }

    @Override
    public Secret execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        boolean isParentAuthorized = auth.count() == 2;
        if (isParentAuthorized) {
            auth.first().byKey(parent);
        } else {
            check(parent.needsNoAuthorization(), AUTHFAIL);
        }
        Sealing.checkStorageKey(parent);
        try (SealedData sealed = Sealing.unseal(in.inData, parent, tpm)) {
            tpm.pcrs().check(in.inData.data().sealInfo().atRelease(), tpm.locality());
            auth.last().bySecret(sealed.authData());
            byte[] data = sealed.data().expose();
            int entityType = in.inData.data().entityType();
            if (entityType != 0) {
                check(isParentAuthorized, AUTHFAIL);
                check(auth.first().session().isBound(), BAD_MODE);
                Sealing.crypt(data, entityType >> Byte.SIZE, auth.first());
                auth.first().endSession();
            }
            return Secret.take(data);
        }
    }

    @Override
    public void marshal(Secret out, WireWriter response) {
        response.secret4(out);
        out.close();
    }
}
