package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_NV_Read: returns a range of octets from an NV Index.
 *
 * <p>Part 3, 31.13. The checks run in the order of libtpms, so that a request with several faults is answered with the
 * same code.
 */
public final class NvRead implements Command<NvRead.In, NvRead.Out> {
    private static final int SIZE = 1;
    private static final int OFFSET = 2;

    record In(Handle authHandle, Handle nvIndex, int size, int offset) {}

    record Out(Bytes data) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(1),
                handles.get(2),
                in.at(SIZE).uint16(),
                in.at(OFFSET).uint16());
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkReadAccess(in.authHandle);
        check(in.size <= NvDefinition.MAX_BUFFER_SIZE, VALUE.parameter(SIZE));
        check(in.offset <= index.dataSize(), VALUE.parameter(OFFSET));
        check(in.size <= index.dataSize() - in.offset, NV_RANGE);
        return new Out(index.read(in.offset, in.size));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.data);
    }
}
