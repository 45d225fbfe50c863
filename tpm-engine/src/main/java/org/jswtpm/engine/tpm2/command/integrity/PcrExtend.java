package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.DigestValue;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PCR_Extend: extends a PCR in the banks of the given digests.
 *
 * <p>Part 3, 22.2. For TPM_RH_NULL nothing happens.
 */
public final class PcrExtend implements Command<PcrExtend.In, Void> {
    private static final int DIGESTS = 1;

    record In(Handle pcrHandle, List<DigestValue> digests) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), DigestValue.unmarshalList(in.at(DIGESTS), in.algorithms()));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        if (in.pcrHandle.equals(Handle.NULL)) {
            return null;
        }
        int pcr = in.pcrHandle.value();
        check(PcrBanks.isExtendAllowed(pcr, tpm.locality()), LOCALITY);
        if (PcrBanks.isStateSaved(pcr)) {
            tpm.clearOrderly();
        }
        for (int i = 0; i < in.digests.size(); i++) {
            DigestValue value = in.digests.get(i);
            tpm.pcrs().extend(pcr, value.hash(), value.digest().toArray());
        }
        return null;
    }
}
