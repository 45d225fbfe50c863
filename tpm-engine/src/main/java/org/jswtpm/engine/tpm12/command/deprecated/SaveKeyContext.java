package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.context.SavedContext;
import org.jswtpm.engine.tpm12.state.KeyCodec;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SaveKeyContext: gives a key away to be loaded again. Other than the specification says, libtpms takes the key out of the TPM
 * by that, also one that the owner keeps.
 *
 * <p>Part 3, 28.1. TPM_INVALID_KEYHANDLE.
 */
public final class SaveKeyContext implements Command<Integer, ContextBlob> {
    private static final int NO_COUNT = 0;

    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.handle();
    }

    @Override
    public ContextBlob execute(Integer keyHandle, TpmState tpm, Authorizations auth) {
        WireWriter key = new WireWriter();
        KeyCodec.writeSlot(tpm.keys().get(keyHandle), key);
        Bytes nonce = tpm.contexts().nonceForKey(tpm.random());
        ContextBlob head = ContextBlob.head(ResourceType.KEY, keyHandle, Bytes.zeros(ContextBlob.LABEL_SIZE), NO_COUNT);
        ContextBlob saved = SavedContext.seal(head, nonce, key, tpm.permanent());
        tpm.keys().evict(keyHandle);
        return saved;
    }

    @Override
    public void marshal(ContextBlob out, WireWriter response) {
        int mark = response.beginSized4();
        out.marshal(response);
        response.endSized4(mark);
    }
}
