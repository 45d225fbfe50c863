package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_NV_Increment: counts a counter up.
 *
 * <p>Part 3, 31.8.
 */
public final class NvIncrement implements Command<NvIncrement.In, Void> {
    private static final int NV_INDEX = 2;

    record In(Handle authHandle, Handle nvIndex) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(NV_INDEX));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkWriteAccess(in.authHandle);
        check(index.attributes().isCounter(), ATTRIBUTES.handle(NV_INDEX));
        tpm.nv().increment(index);
        return null;
    }
}
