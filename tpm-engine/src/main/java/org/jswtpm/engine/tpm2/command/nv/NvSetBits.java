package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvType;

/**
 * TPM2_NV_SetBits: sets bits of an NV Index.
 *
 * <p>Part 3, 31.10.
 */
public final class NvSetBits implements Command<NvSetBits.In, Void> {
    private static final int BITS = 1;
    private static final int NV_INDEX = 2;

    record In(Handle authHandle, Handle nvIndex, long bits) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(NV_INDEX), in.at(BITS).uint64());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkWriteAccess(in.authHandle);
        check(index.attributes().type() == NvType.BITS, ATTRIBUTES.handle(NV_INDEX));
        long before = index.attributes().isWritten() ? index.readUint64() : 0;
        tpm.nv().writeUint64(index, before | in.bits);
        return null;
    }
}
