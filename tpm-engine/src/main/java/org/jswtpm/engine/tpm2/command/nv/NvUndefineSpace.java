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
 * TPM2_NV_UndefineSpace: deletes an NV Index.
 *
 * <p>Part 3, 31.4.
 */
public final class NvUndefineSpace implements Command<NvUndefineSpace.In, Void> {
    private static final int NV_INDEX = 2;

    record In(Handle authHandle, Handle nvIndex) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(NV_INDEX));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        check(!index.attributes().has(NvAttributes.POLICY_DELETE), ATTRIBUTES.handle(NV_INDEX));
        check(!in.authHandle.equals(Handle.OWNER) || !index.attributes().isPlatformCreated(), NV_AUTHORIZATION);
        tpm.nv().delete(index);
        return null;
    }
}
