package org.jswtpm.engine.tpm2.command.nv;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_NV_ReadPublic: the public area and the Name of an NV Index.
 *
 * <p>Part 3, 31.6.
 */
public final class NvReadPublic implements Command<NvReadPublic.In, NvReadPublic.Out> {
    record In(Handle nvIndex) {}

    record Out(NvPublic nvPublic, Bytes nvName) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        return new Out(index.publicArea(), index.name());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.nvPublic.marshalSized(response);
        response.sized2(out.nvName);
    }
}
