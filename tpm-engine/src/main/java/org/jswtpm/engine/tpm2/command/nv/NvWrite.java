package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.tpm2.structure.NvType;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM2_NV_Write: writes a range of octets to an NV Index.
 *
 * <p>Part 3, 31.7.
 */
public final class NvWrite implements Command<NvWrite.In, Void> {
    private static final int DATA = 1;
    private static final int OFFSET = 2;

    record In(Handle authHandle, Handle nvIndex, byte[] data, int offset) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        WireReader data = in.at(DATA);
        return new In(
                handles.get(1),
                handles.get(2),
                data.octets(data.size2(NvDefinition.MAX_BUFFER_SIZE)),
                in.at(OFFSET).uint16());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkWriteAccess(in.authHandle);
        NvAttributes attributes = index.attributes();
        // libtpms does not say here which handle it is
        check(attributes.type() == NvType.ORDINARY || attributes.isPinCounted(), ATTRIBUTES);
        check(in.offset <= index.dataSize(), VALUE.parameter(OFFSET));
        check(in.data.length <= index.dataSize() - in.offset, NV_RANGE);
        check(!attributes.has(NvAttributes.WRITEALL) || in.data.length == index.dataSize(), NV_RANGE);
        tpm.nv().write(index, in.offset, in.data);
        return null;
    }
}
