package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvType;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_NV_Extend: extends an NV Index as a PCR is extended.
 *
 * <p>Part 3, 31.9.
 */
public final class NvExtend implements Command<NvExtend.In, Void> {
    private static final int DATA = 1;
    private static final int NV_INDEX = 2;

    record In(Handle authHandle, Handle nvIndex, Bytes data) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(NV_INDEX), in.at(DATA).sized2(NvDefinition.MAX_BUFFER_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkWriteAccess(in.authHandle);
        check(index.attributes().type() == NvType.EXTEND, ATTRIBUTES.handle(NV_INDEX));
        int size = index.nameAlg().digestSize();
        Hasher hasher = Hasher.of(index.nameAlg().digest());
        if (index.attributes().isWritten()) {
            index.addTo(hasher, 0, size);
        } else {
            hasher.update(new byte[size]);
        }
        hasher.update(in.data.toArray());
        tpm.nv().write(index, 0, hasher.digest());
        return null;
    }
}
