package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_PhysicalEnable: who is there enables the TPM.
 *
 * <p>Part 3, 5.3. TPM_BAD_PRESENCE.
 */
public final class PhysicalEnable implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        if (tpm.permanentFlags().set(PermanentFlag.DISABLE, false)) {
            tpm.nvChanged();
        }
        return null;
    }
}
