package org.jswtpm.engine.tpm12.command.integrity;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_PCR_INFO;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTLOCAL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTRESETABLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.pcr.Pcrs;
import org.jswtpm.engine.tpm12.structure.Locality;
import org.jswtpm.engine.tpm12.structure.PcrSelection;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/**
 * TPM_PCR_Reset: resets PCRs, all that are selected or none.
 *
 * <p>Part 3, 16.4. TPM_INVALID_PCR_INFO; of the first PCR that refuses, TPM_NOTRESETABLE or TPM_NOTLOCAL.
 */
public final class PcrReset implements Command<PcrReset.In, Void> {
    record In(PcrSelection selection) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(PcrSelection.unmarshal(in.wire()));
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(in.selection.isUsed(), INVALID_PCR_INFO);
        for (int pcr = 0; pcr < TpmLimits.PCR_COUNT; pcr++) {
            if (in.selection.isSelected(pcr)) {
                check(Pcrs.isResettable(pcr), NOTRESETABLE);
                check(Locality.isSelected(Pcrs.resetLocalities(pcr), tpm.locality()), NOTLOCAL);
            }
        }
        for (int pcr = 0; pcr < TpmLimits.PCR_COUNT; pcr++) {
            if (in.selection.isSelected(pcr)) {
                tpm.pcrs().reset(pcr, tpm.stanyFlags().isTosPresent());
            }
        }
        return null;
    }
}
