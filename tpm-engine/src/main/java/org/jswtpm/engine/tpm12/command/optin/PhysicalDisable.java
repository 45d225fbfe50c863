package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_PhysicalDisable: who is there disables the TPM.
 *
 * <p>Part 3, 5.4. TPM_BAD_PRESENCE.
 */
public final class PhysicalDisable implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        if (tpm.permanentFlags().set(PermanentFlag.DISABLE, true)) {
            tpm.nvChanged();
        }
        return null;
    }
}
