package org.jswtpm.engine.tpm12.command.delegation;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Delegate_UpdateVerification: the owner brings a delegation, in the TPM or outside of it, to the present generation of its
 * family.
 *
 * <p>Part 3, 19.6. TPM_AUTHFAIL, TPM_BADINDEX, TPM_BAD_PARAMETER, TPM_INVALID_STRUCTURE, TPM_DELEGATE_FAMILY,
 * TPM_DISABLED_CMD.
 */
public final class DelegateUpdateVerification implements Command<Bytes, Bytes> {
    private static final int INDEX_SIZE = 4;

    @Override
    public Bytes unmarshal(ParameterReader in) {
        return in.sized();
    }

    @Override
    public Bytes execute(Bytes in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        return in.size() == INDEX_SIZE ? updateRow(in, tpm, auth) : updateBlob(in, tpm, auth);
    }

    private static Bytes updateRow(Bytes in, TpmState tpm, Authorizations auth) {
        int index = WireReader.over(in, TpmResult.WIRE_FAULTS).uint32();
        DelegateRow row = tpm.delegations().validRow(index);
        FamilyRow family = tpm.delegations().familyOf(row.publicPart().familyId());
        Delegates.checkFamily(family, auth);
        tpm.delegations().setRow(index, row.withVerificationCount(family.verificationCount()));
        tpm.nvChanged();
        return Bytes.EMPTY;
    }

    private static Bytes updateBlob(Bytes in, TpmState tpm, Authorizations auth) {
        DelegateBlob blob = DelegateBlob.unmarshal(in);
        blob.verify(tpm.permanent());
        FamilyRow family = tpm.delegations().familyOf(blob.publicPart().familyId());
        Delegates.checkFamily(family, auth);
        WireWriter out = new WireWriter();
        blob.withVerificationCount(family.verificationCount(), tpm.permanent()).marshal(out);
        return out.toBytes();
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
