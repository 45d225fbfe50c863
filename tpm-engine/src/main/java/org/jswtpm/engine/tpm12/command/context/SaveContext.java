package org.jswtpm.engine.tpm12.command.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_RESOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_CONTROL;
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
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SaveContext: gives a resource away to be loaded again. A session leaves the TPM by that, a key does not.
 *
 * <p>Part 3, 21.2. TPM_INVALID_RESOURCE, TPM_OWNER_CONTROL, TPM_TOOMANYCONTEXTS, TPM_NOCONTEXTSPACE.
 */
public final class SaveContext implements Command<SaveContext.In, ContextBlob> {
    private static final int NO_COUNT = 0;

    record In(int handle, int resourceType, Bytes label) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.uint32(), in.wire().bytes(ContextBlob.LABEL_SIZE));
    }

    @Override
    public ContextBlob execute(In in, TpmState tpm, Authorizations auth) {
        check(exists(in, tpm), INVALID_RESOURCE);
        return in.resourceType == ResourceType.KEY ? saveKey(in, tpm) : saveSession(in, tpm);
    }

    private static boolean exists(In in, TpmState tpm) {
        return switch (in.resourceType) {
            case ResourceType.KEY -> tpm.keys().contains(in.handle);
            case ResourceType.AUTH -> tpm.authSessions().contains(in.handle);
            case ResourceType.TRANS -> tpm.transports().contains(in.handle);
            case ResourceType.DAA_TPM -> tpm.daaSessions().contains(in.handle);
            default -> false;
        };
    }

    private static ContextBlob saveKey(In in, TpmState tpm) {
        Bytes nonce = tpm.contexts().nonceForKey(tpm.random());
        KeySlot slot = tpm.keys().get(in.handle);
        check(!slot.isOwnerEvict(), OWNER_CONTROL);
        WireWriter key = new WireWriter();
        KeyCodec.writeSlot(slot, key);
        return SavedContext.seal(head(in, NO_COUNT), nonce, key, tpm.permanent());
    }

    private static ContextBlob saveSession(In in, TpmState tpm) {
        Bytes nonce = tpm.contexts().nonceForSession(tpm.random());
        ContextBlob head = head(in, tpm.contexts().add());
        WireWriter session = new WireWriter();
        switch (in.resourceType) {
            case ResourceType.AUTH -> {
                tpm.authSessions().get(in.handle).marshal(session);
                tpm.authSessions().terminate(in.handle);
            }
            case ResourceType.TRANS -> {
                tpm.transports().get(in.handle).marshal(session);
                tpm.transports().terminate(in.handle, tpm.stanyFlags());
            }
            default -> {
                tpm.daaSessions().get(in.handle).marshal(session);
                tpm.daaSessions().terminate(in.handle);
            }
        }
        return SavedContext.seal(head, nonce, session, tpm.permanent());
    }

    private static ContextBlob head(In in, int contextCount) {
        return ContextBlob.head(in.resourceType, in.handle, in.label, contextCount);
    }

    @Override
    public void marshal(ContextBlob out, WireWriter response) {
        int mark = response.beginSized4();
        out.marshal(response);
        response.endSized4(mark);
    }
}
