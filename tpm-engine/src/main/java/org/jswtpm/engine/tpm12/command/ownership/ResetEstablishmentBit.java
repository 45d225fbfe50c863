package org.jswtpm.engine.tpm12.command.ownership;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.structure.Locality;

/**
 * TSC_ResetEstablishmentBit: clears the TPM_ESTABLISHED flag.
 *
 * <p>Part 3, 6.7. TPM_BAD_LOCALITY unless the locality is 3 or 4.
 */
public final class ResetEstablishmentBit implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        Locality.check(Locality.THREE | Locality.FOUR, tpm.locality());
        if (tpm.permanentFlags().set(PermanentFlag.TPM_ESTABLISHED, false)) {
            tpm.nvChanged();
        }
        return null;
    }
}
