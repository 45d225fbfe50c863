package org.jswtpm.engine.tpm12.command.ownership;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.CLEAR_DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.StclearFlag;

/**
 * TPM_ForceClear: who is there clears the owner.
 *
 * <p>Part 3, 6.3. TPM_BAD_PRESENCE, TPM_CLEAR_DISABLED.
 */
public final class ForceClear implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        check(!tpm.stclearFlags().is(StclearFlag.DISABLE_FORCE_CLEAR), CLEAR_DISABLED);
        OwnerClearing.run(tpm);
        return null;
    }
}
