package org.jswtpm.engine.tpm2.command.integrity;

import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrAllocation;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PCR_Allocate: which PCRs exist in which banks after the next TPM Reset.
 *
 * <p>Part 3, 22.5.
 */
public final class PcrAllocate implements Command<PcrAllocate.In, PcrAllocation> {
    private static final int PCR_ALLOCATION = 1;

    record In(List<PcrSelection> allocation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(PcrSelection.unmarshalList(in.at(PCR_ALLOCATION), in.algorithms()));
    }

    @Override
    public PcrAllocation execute(In in, TpmState tpm) {
        PcrAllocation allocation = tpm.pcrs().allocate(in.allocation);
        tpm.nvChanged();
        return allocation;
    }

    @Override
    public void marshal(PcrAllocation out, WireWriter response) {
        response.uint8(1).uint32(out.maxPcr()).uint32(out.sizeNeeded()).uint32(out.sizeAvailable());
    }
}
