package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.KEY_OWNER_CONTROL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeySlot;

/**
 * TPM_EvictKey: forgets a key.
 *
 * <p>Part 3, 28.1. TPM_INVALID_KEYHANDLE, TPM_KEY_OWNER_CONTROL.
 */
public final class EvictKey implements Command<EvictKey.In, Void> {
    record In(int evictHandle) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        KeySlot slot = tpm.keys().get(in.evictHandle);
        check(!slot.isOwnerEvict(), KEY_OWNER_CONTROL);
        tpm.flushKey(slot);
        return null;
    }
}
