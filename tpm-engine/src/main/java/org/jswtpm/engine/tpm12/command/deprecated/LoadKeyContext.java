package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.context.SavedContext;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.state.KeyCodec;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_LoadKeyContext: takes back what TPM_SaveKeyContext gave away in this boot.
 *
 * <p>Part 3, 28.2. TPM_BAD_PARAMETER, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_BADCONTEXT, TPM_RESOURCES.
 */
public final class LoadKeyContext implements Command<ContextBlob, Integer> {
    @Override
    public ContextBlob unmarshal(ParameterReader in) {
        in.uint32(); // keyContextSize: libtpms does not look at it
        return ContextBlob.unmarshal(in.wire());
    }

    @Override
    public Integer execute(ContextBlob in, TpmState tpm, Authorizations auth) {
        check(in.resourceType() == ResourceType.KEY, BAD_PARAMETER);
        try (SavedContext context = SavedContext.open(in, tpm.permanent())) {
            context.verify(tpm.permanent());
            KeySlot slot = KeyCodec.readSlot(context.internalData());
            context.checkNonce(tpm.contexts().contextNonceKey());
            check(tpm.keys().freeCount() > 0, RESOURCES);
            return tpm.keys().add(slot, in.handle(), tpm.random());
        }
    }

    @Override
    public void marshalUndigested(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
