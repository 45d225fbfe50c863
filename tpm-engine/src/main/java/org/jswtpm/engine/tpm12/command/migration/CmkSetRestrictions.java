package org.jswtpm.engine.tpm12.command.migration;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_CMK_SetRestrictions: the owner says which certified migratable keys can be delegated.
 *
 * <p>Part 3, 11.5. TPM_AUTHFAIL.
 */
public final class CmkSetRestrictions implements Command<Integer, Void> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public Void execute(Integer restriction, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (tpm.permanent().restrictDelegate() != restriction) {
            tpm.permanent().setRestrictDelegate(restriction);
            tpm.nvChanged();
        }
        return null;
    }
}
