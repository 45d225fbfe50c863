package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PCR_Reset: sets a PCR to zero in all banks.
 *
 * <p>Part 3, 22.8.
 */
public final class PcrReset implements Command<PcrReset.In, Void> {
    record In(Handle pcrHandle) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        int pcr = in.pcrHandle.value();
        check(PcrBanks.isResetAllowed(pcr, tpm.locality()), LOCALITY);
        if (PcrBanks.isStateSaved(pcr)) {
            tpm.clearOrderly();
        }
        tpm.pcrs().reset(pcr);
        return null;
    }
}
