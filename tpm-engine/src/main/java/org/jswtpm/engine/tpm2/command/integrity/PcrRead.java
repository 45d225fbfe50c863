package org.jswtpm.engine.tpm2.command.integrity;

import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrReading;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PCR_Read: the values of up to eight of the selected PCRs.
 *
 * <p>Part 3, 22.4.
 */
public final class PcrRead implements Command<PcrRead.In, PcrReading> {
    private static final int PCR_SELECTION_IN = 1;

    record In(List<PcrSelection> selections) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(PcrSelection.unmarshalList(in.at(PCR_SELECTION_IN), in.algorithms()));
    }

    @Override
    public PcrReading execute(In in, TpmState tpm) {
        return tpm.pcrs().read(in.selections);
    }

    @Override
    public void marshal(PcrReading out, WireWriter response) {
        response.uint32(out.updateCounter());
        PcrSelection.marshalList(out.selections(), response);
        List<Bytes> values = out.values();
        response.uint32(values.size());
        for (int i = 0; i < values.size(); i++) {
            response.sized2(values.get(i));
        }
    }
}
