package org.jswtpm.engine.tpm2.command.audit;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.audit.CommandAudit;
import org.jswtpm.engine.tpm2.structure.CommandCodeList;
import org.jswtpm.engine.tpm2.structure.HashAlg;

/**
 * TPM2_SetCommandCodeAuditStatus: the hash algorithm of the audit, or which commands are audited; not both at once.
 *
 * <p>Part 3, 21.2. TPM2_Shutdown is never audited, this command always.
 */
public final class SetCommandCodeAuditStatus implements Command<SetCommandCodeAuditStatus.In, Void> {
    private static final int AUDIT_ALG = 1;
    private static final int SET_LIST = 2;
    private static final int CLEAR_LIST = 3;

    record In(HashAlg auditAlg, CommandCodeList setList, CommandCodeList clearList) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                HashAlg.unmarshalOrNull(in.at(AUDIT_ALG), in.algorithms()),
                CommandCodeList.unmarshal(in.at(SET_LIST)),
                CommandCodeList.unmarshal(in.at(CLEAR_LIST)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        CommandAudit audit = tpm.audit();
        if (!in.auditAlg.isNull() && in.auditAlg != audit.hash()) {
            check(in.setList.size() == 0 && in.clearList.size() == 0, VALUE.parameter(AUDIT_ALG));
            audit.setHash(in.auditAlg);
            return null;
        }
        for (int i = 0; i < in.setList.size(); i++) {
            CommandCode code = CommandCode.of(in.setList.get(i));
            if (code != null && code != CommandCode.SHUTDOWN) {
                audit.setAudited(code.code(), true);
            }
        }
        for (int i = 0; i < in.clearList.size(); i++) {
            CommandCode code = CommandCode.of(in.clearList.get(i));
            if (code != null && code != CommandCode.SET_COMMAND_CODE_AUDIT_STATUS) {
                audit.setAudited(code.code(), false);
            }
        }
        return null;
    }
}
