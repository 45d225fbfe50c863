package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvAttributes;

/**
 * TPM2_NV_UndefineSpaceSpecial: deletes an NV Index that only its policy and the platform together may delete.
 *
 * <p>Part 3, 31.5. Answers ATTRIBUTES at handle 1 for an Index without TPMA_NV_POLICY_DELETE. The response is sealed
 * without the auth value of the Index, which is gone.
 */
public final class NvUndefineSpaceSpecial implements Command<NvUndefineSpaceSpecial.In, Void> {
    private static final int NV_INDEX = 1;

    record In(Handle nvIndex) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(NV_INDEX));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        check(index.attributes().has(NvAttributes.POLICY_DELETE), ATTRIBUTES.handle(NV_INDEX));
        tpm.nv().delete(index);
        return null;
    }
}
