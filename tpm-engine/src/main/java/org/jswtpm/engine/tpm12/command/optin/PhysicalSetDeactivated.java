package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_PhysicalSetDeactivated: who is there activates or deactivates the TPM, from the next start on.
 *
 * <p>Part 3, 5.5. TPM_BAD_PRESENCE.
 */
public final class PhysicalSetDeactivated implements Command<PhysicalSetDeactivated.In, Void> {
    record In(boolean state) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.bool());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        if (tpm.permanentFlags().set(PermanentFlag.DEACTIVATED, in.state)) {
            tpm.nvChanged();
        }
        return null;
    }
}
