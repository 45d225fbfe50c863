package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_AUTHORIZATION;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvAttributes;

/**
 * TPM2_NV_ReadLock: no more reads of an NV Index until the next TPM Reset or Restart.
 *
 * <p>Part 3, 31.14. To lock what is locked, or what was never written, is no error.
 */
public final class NvReadLock implements Command<NvReadLock.In, Void> {
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
        if (attributes.has(NvAttributes.READLOCKED)) {
            return null;
        }
        check(!index.readRefusal(in.authHandle).equals(NV_AUTHORIZATION), NV_AUTHORIZATION);
        check(attributes.has(NvAttributes.READ_STCLEAR), ATTRIBUTES.handle(NV_INDEX));
        tpm.nv().setAttributes(index, attributes.with(NvAttributes.READLOCKED));
        return null;
    }
}
