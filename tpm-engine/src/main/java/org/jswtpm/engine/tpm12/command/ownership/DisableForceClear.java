package org.jswtpm.engine.tpm12.command.ownership;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.StclearFlag;

/**
 * TPM_DisableForceClear: forbids TPM_ForceClear until the next start.
 *
 * <p>Part 3, 6.5.
 */
public final class DisableForceClear implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        tpm.stclearFlags().set(StclearFlag.DISABLE_FORCE_CLEAR, true);
        return null;
    }
}
