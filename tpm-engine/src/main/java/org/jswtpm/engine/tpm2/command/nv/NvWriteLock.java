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
 * TPM2_NV_WriteLock: no more writes to an NV Index, until the next TPM Reset or for good.
 *
 * <p>Part 3, 31.11. To lock what is locked is no error.
 */
public final class NvWriteLock implements Command<NvWriteLock.In, Void> {
    private static final int NV_INDEX = 2;

    record In(Handle authHandle, Handle nvIndex) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(NV_INDEX));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        NvAttributes attributes = index.attributes();
        if (attributes.has(NvAttributes.WRITELOCKED)) {
            return null;
        }
        index.checkWriteAccess(in.authHandle);
        check(attributes.has(NvAttributes.WRITEDEFINE | NvAttributes.WRITE_STCLEAR), ATTRIBUTES.handle(NV_INDEX));
        tpm.nv().setAttributes(index, attributes.with(NvAttributes.WRITELOCKED));
        return null;
    }
}
