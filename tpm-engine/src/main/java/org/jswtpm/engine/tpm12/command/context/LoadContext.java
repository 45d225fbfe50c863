package org.jswtpm.engine.tpm12.command.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_RESOURCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.context.SavedContext;
import org.jswtpm.engine.tpm12.daa.DaaSession;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.state.KeyCodec;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.transport.TransportSession;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_LoadContext: takes back what TPM_SaveContext gave away.
 *
 * <p>Part 3, 21.3. TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_INVALID_RESOURCE, TPM_BADCONTEXT, TPM_RESOURCEMISSING,
 * TPM_WRONG_ENTITYTYPE, TPM_BAD_HANDLE, TPM_NOSRK, TPM_NOSPACE, TPM_RESOURCES.
 */
public final class LoadContext implements Command<LoadContext.In, Integer> {
    record In(int entityHandle, boolean keepHandle, ContextBlob context) {}

    @Override
    public In unmarshal(ParameterReader in) {
        int entityHandle = in.handle();
        boolean keepHandle = in.bool();
        in.uint32(); // contextSize: libtpms does not look at it
        return new In(entityHandle, keepHandle, ContextBlob.unmarshal(in.wire()));
    }

    /** What this TPM has not made is not read; libtpms looks at the HMAC later, and answers what reading gives. */
    @Override
    public Integer execute(In in, TpmState tpm, Authorizations auth) {
        try (SavedContext context = SavedContext.open(in.context, tpm.permanent())) {
            check(isLoadable(in.context.resourceType()), INVALID_RESOURCE);
            context.verify(tpm.permanent());
            return switch (in.context.resourceType()) {
                case ResourceType.KEY -> loadKey(in, context, tpm);
                case ResourceType.AUTH -> loadAuthSession(in, context, tpm);
                case ResourceType.TRANS -> loadTransport(in, context, tpm);
                default -> loadDaaSession(in, context, tpm);
            };
        }
    }

    private static boolean isLoadable(int resourceType) {
        return switch (resourceType) {
            case ResourceType.KEY, ResourceType.AUTH, ResourceType.TRANS, ResourceType.DAA_TPM -> true;
            default -> false;
        };
    }

    /** A key that is bound to this boot has to come from this boot. */
    private static int loadKey(In in, SavedContext context, TpmState tpm) {
        KeySlot slot = KeyCodec.readSlot(context.internalData());
        if (slot.parentPcrStatus() || slot.key().publicPart().keyFlags().has(KeyFlags.IS_VOLATILE)) {
            context.checkNonce(tpm.contexts().contextNonceKey());
        }
        check(tpm.keys().freeCount() > 0, NOSPACE);
        if (in.keepHandle) {
            tpm.keys().restore(slot.withHandle(in.context.handle()));
            return in.context.handle();
        }
        return tpm.keys().add(slot, in.context.handle(), tpm.random());
    }

    private static int loadAuthSession(In in, SavedContext context, TpmState tpm) {
        AuthSession session = AuthSession.unmarshal(context.internalData());
        context.checkNonce(tpm.contexts().contextNonceSession());
        if (session.isBound()) {
            BoundEntity.check(session, in.entityHandle, tpm);
        }
        forget(context, tpm);
        check(tpm.authSessions().freeCount() > 0, RESOURCES);
        int handle = keptHandle(in, tpm.authSessions().contains(in.context.handle()));
        handle = handle != 0 ? handle : tpm.authSessions().newHandle(in.context.handle(), tpm.random());
        tpm.authSessions().add(session.withHandle(handle));
        return handle;
    }

    private static int loadTransport(In in, SavedContext context, TpmState tpm) {
        TransportSession session = TransportSession.unmarshal(context.internalData());
        context.checkNonce(tpm.contexts().contextNonceSession());
        forget(context, tpm);
        check(tpm.transports().freeCount() > 0, RESOURCES);
        int handle = keptHandle(in, tpm.transports().contains(in.context.handle()));
        handle = handle != 0 ? handle : tpm.transports().newHandle(in.context.handle(), tpm.random());
        tpm.transports().add(session.withHandle(handle));
        return handle;
    }

    private static int loadDaaSession(In in, SavedContext context, TpmState tpm) {
        DaaSession session = DaaSession.unmarshal(context.internalData());
        context.checkNonce(tpm.contexts().contextNonceSession());
        forget(context, tpm);
        check(tpm.daaSessions().freeCount() > 0, RESOURCES);
        int handle = keptHandle(in, tpm.daaSessions().contains(in.context.handle()));
        session.setHandle(handle != 0 ? handle : tpm.daaSessions().newHandle(in.context.handle(), tpm.random()));
        tpm.daaSessions().add(session);
        return session.handle();
    }

    /** A session is loaded once; as in libtpms also if there is no room for it then. */
    private static void forget(SavedContext context, TpmState tpm) {
        tpm.contexts().remove(context.blob().contextCount());
    }

    /** The handle that the caller wants to keep, or 0; TPM_BAD_HANDLE if that is not possible. */
    private static int keptHandle(In in, boolean isUsed) {
        if (!in.keepHandle) {
            return 0;
        }
        check(in.context.handle() != 0 && !isUsed, BAD_HANDLE);
        return in.context.handle();
    }

    @Override
    public void marshalUndigested(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
