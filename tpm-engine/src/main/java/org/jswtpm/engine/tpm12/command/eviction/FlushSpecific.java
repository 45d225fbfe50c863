package org.jswtpm.engine.tpm12.command.eviction;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_RESOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.KEY_OWNER_CONTROL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.structure.ResourceType;

/**
 * TPM_FlushSpecific: forgets a resource of the TPM.
 *
 * <p>Part 3, 22.1. TPM_BAD_PARAMETER, TPM_KEY_OWNER_CONTROL, TPM_INVALID_AUTHHANDLE, TPM_BAD_HANDLE, TPM_INVALID_RESOURCE.
 */
public final class FlushSpecific implements Command<FlushSpecific.In, Void> {
    record In(int handle, int resourceType) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.uint32());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        switch (in.resourceType) {
            case ResourceType.CONTEXT -> {
                int index = tpm.contexts().indexOf(in.handle);
                check(index >= 0, BAD_PARAMETER);
                tpm.contexts().set(index, 0);
            }
            case ResourceType.KEY -> {
                check(tpm.keys().contains(in.handle), BAD_PARAMETER);
                KeySlot slot = tpm.keys().get(in.handle);
                check(!slot.isOwnerEvict(), KEY_OWNER_CONTROL);
                tpm.flushKey(slot);
            }
            case ResourceType.AUTH -> tpm.authSessions().terminate(in.handle);
            case ResourceType.TRANS -> tpm.transports().terminate(in.handle, tpm.stanyFlags());
            case ResourceType.DAA_TPM -> tpm.daaSessions().terminate(in.handle);
            default -> throw INVALID_RESOURCE.exception();
        }
        return null;
    }
}
