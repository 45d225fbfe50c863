package org.jswtpm.engine.tpm12.command.audit;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.audit.AuditState;

/**
 * TPM_SetOrdinalAuditStatus: the owner says whether a command is audited.
 *
 * <p>Part 3, 8.3. TPM_AUTHFAIL; TPM_BAD_PARAMETER for a command that cannot be audited, TPM_BADINDEX for a number that no
 * command can have.
 */
public final class SetOrdinalAuditStatus implements Command<SetOrdinalAuditStatus.In, Void> {
    record In(int ordinalToAudit, boolean auditState) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.bool());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        Ordinal ordinal = Ordinal.of(in.ordinalToAudit);
        if (ordinal == null) {
            check(!in.auditState, BAD_PARAMETER);
            check(Integer.compareUnsigned(in.ordinalToAudit, AuditState.STATUS_SIZE * Byte.SIZE) < 0, BADINDEX);
        } else if (tpm.audit().setAudited(ordinal, in.auditState)) {
            tpm.nvChanged();
        }
        return null;
    }
}
