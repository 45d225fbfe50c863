package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DELEGATE_LOCK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM_Delegate_LoadOwnerDelegation: puts a delegation of the owner's into the table of the TPM.
 *
 * <p>Part 3, 19.4. TPM_BADINDEX, TPM_DISABLED_CMD, TPM_AUTHFAIL, TPM_DELEGATE_FAMILY, TPM_DELEGATE_LOCK, TPM_MAXNVWRITES,
 * TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE.
 */
public final class DelegateLoadOwnerDelegation implements Command<DelegateLoadOwnerDelegation.In, Void> {
    record In(int index, DelegateBlob blob) {}

    @Override
    public In unmarshal(ParameterReader in) {
        int index = in.uint32();
        in.uint32(); // blobSize: libtpms does not look at it
        return new In(index, DelegateBlob.unmarshalOwner(in.wire()));
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        FamilyRow family = tpm.delegations().enabledFamily(in.blob.publicPart().familyId());
        if (tpm.permanent().isOwnerInstalled()) {
            check(auth.isAny(), AUTHFAIL);
            auth.first().byOwner();
            Delegates.checkFamilyOfOwner(family.familyId(), tpm, auth);
            in.blob.verify(tpm.permanent());
            load(in, in.blob.decryptAuth(tpm.permanent()), tpm);
        } else {
            check(!auth.isAny(), AUTHFAIL); // of nobody: libtpms does not survive this one
            check(!family.has(FamilyRow.DELEGATE_ADMIN_LOCK), DELEGATE_LOCK);
            Delegates.checkNoOwnerWrite(tpm);
            load(in, in.blob.clearAuth(), tpm);
            Delegates.countNoOwnerWrite(tpm);
        }
        return null;
    }

    private static void load(In in, Secret authValue, TpmState tpm) {
        check(in.index >= 0 && in.index < tpm.delegations().rowCount(), BADINDEX);
        Delegates.forgetDelegates(tpm);
        tpm.delegations().setRow(in.index, new DelegateRow(in.blob.publicPart(), authValue, true));
        tpm.nvChanged();
    }
}
