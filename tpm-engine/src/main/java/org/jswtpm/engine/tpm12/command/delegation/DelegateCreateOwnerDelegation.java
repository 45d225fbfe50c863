package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Delegate_CreateOwnerDelegation: the owner lets somebody else run some of the owner's commands.
 *
 * <p>Part 3, 19.3. TPM_BAD_MODE, TPM_AUTHFAIL, TPM_BADINDEX, TPM_DELEGATE_FAMILY, TPM_DISABLED_CMD, TPM_BAD_PARAMETER.
 */
public final class DelegateCreateOwnerDelegation implements Command<DelegateCreateOwnerDelegation.In, DelegateBlob> {
    record In(boolean increment, DelegatePublic publicInfo, Bytes delAuth) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.bool(), DelegatePublic.unmarshal(in.wire()), in.encAuth());
    }

    @Override
    public DelegateBlob execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwnerWithSharedSecret();
        FamilyRow family = tpm.delegations().familyOf(in.publicInfo.familyId());
        Delegates.checkNew(in.publicInfo, family, auth);
        check(in.publicInfo.permissions().type() == Delegations.OWNER_BITS, BAD_PARAMETER);
        auth.first().endSession();
        try (Secret authValue = auth.first().decryptAuth(in.delAuth)) {
            if (in.increment) {
                family = family.withNextVerificationCount();
                tpm.delegations().replaceFamily(family.familyId(), family);
                Delegates.forgetDelegates(tpm);
                tpm.nvChanged();
            }
            DelegatePublic publicPart = in.publicInfo.withVerificationCount(family.verificationCount());
            return DelegateBlob.seal(publicPart, Bytes.EMPTY, authValue, tpm.permanent());
        }
    }

    @Override
    public void marshal(DelegateBlob out, WireWriter response) {
        out.marshalSized(response);
    }
}
