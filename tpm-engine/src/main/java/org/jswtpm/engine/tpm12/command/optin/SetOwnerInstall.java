package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_SetOwnerInstall: whether somebody can take ownership. Nothing happens if somebody has.
 *
 * <p>Part 3, 5.1. TPM_BAD_PRESENCE.
 */
public final class SetOwnerInstall implements Command<SetOwnerInstall.In, Void> {
    record In(boolean state) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.bool());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        if (!tpm.permanent().isOwnerInstalled()) {
            check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
            if (tpm.permanentFlags().set(PermanentFlag.OWNERSHIP, in.state)) {
                tpm.nvChanged();
            }
        }
        return null;
    }
}
