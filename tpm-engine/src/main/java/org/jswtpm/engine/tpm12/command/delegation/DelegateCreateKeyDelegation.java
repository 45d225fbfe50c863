package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Delegate_CreateKeyDelegation: who may use a key lets somebody else use it for some commands.
 *
 * <p>Part 3, 19.2. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_BAD_MODE, TPM_AUTHFAIL, TPM_BADINDEX, TPM_DELEGATE_FAMILY,
 * TPM_DISABLED_CMD, TPM_BAD_PARAMETER.
 */
public final class DelegateCreateKeyDelegation implements Command<DelegateCreateKeyDelegation.In, DelegateBlob> {
    record In(int keyHandle, DelegatePublic publicInfo, Bytes delAuth) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), DelegatePublic.unmarshal(in.wire()), in.encAuth());
    }

    @Override
    public DelegateBlob execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        auth.first().byKeyWithSharedSecret(key);
        FamilyRow family = tpm.delegations().familyOf(in.publicInfo.familyId());
        Delegates.checkNew(in.publicInfo, family, auth);
        check(in.publicInfo.permissions().type() == Delegations.KEY_BITS, BAD_PARAMETER);
        auth.first().endSession();
        DelegatePublic publicPart = in.publicInfo.withVerificationCount(family.verificationCount());
        try (Secret authValue = auth.first().decryptAuth(in.delAuth)) {
            return DelegateBlob.seal(publicPart, key.publicPart().modulusDigest(), authValue, tpm.permanent());
        }
    }

    @Override
    public void marshal(DelegateBlob out, WireWriter response) {
        out.marshalSized(response);
    }
}
