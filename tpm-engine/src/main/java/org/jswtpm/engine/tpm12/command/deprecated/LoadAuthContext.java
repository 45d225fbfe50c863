package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCEMISSING;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.context.SavedContext;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_LoadAuthContext: takes back what TPM_SaveAuthContext gave away.
 *
 * <p>Part 3, 28.4. TPM_BAD_PARAMETER, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_BADCONTEXT, TPM_RESOURCEMISSING,
 * TPM_WRONG_ENTITYTYPE, TPM_RESOURCES.
 */
public final class LoadAuthContext implements Command<ContextBlob, Integer> {
    @Override
    public ContextBlob unmarshal(ParameterReader in) {
        in.uint32(); // authContextSize: libtpms does not look at it
        return ContextBlob.unmarshal(in.wire());
    }

    @Override
    public Integer execute(ContextBlob in, TpmState tpm, Authorizations auth) {
        check(in.resourceType() == ResourceType.AUTH, BAD_PARAMETER);
        try (SavedContext context = SavedContext.open(in, tpm.permanent())) {
            context.verify(tpm.permanent());
            AuthSession session = AuthSession.unmarshal(context.internalData());
            context.checkNonce(tpm.contexts().contextNonceSession());
            if (session.isBound()) {
                checkEntity(session, tpm);
            }
            check(tpm.authSessions().freeCount() > 0, RESOURCES);
            tpm.contexts().remove(in.contextCount());
            int handle = tpm.authSessions().newHandle(in.handle(), tpm.random());
            tpm.authSessions().add(session.withHandle(handle));
            return handle;
        }
    }

    /** There is no handle by which the entity could be found; libtpms takes sessions of counters and of NV as they are. */
    private static void checkEntity(AuthSession session, TpmState tpm) {
        boolean hasOwner = tpm.permanent().isOwnerInstalled();
        boolean isThere = switch (session.entityType()) {
            case EntityType.OWNER ->
                hasOwner && session.entityDigest().matches(tpm.permanent().ownerAuth());
            case EntityType.SRK -> hasOwner && isOf(tpm.permanent().srk(), session);
            case EntityType.KEYHANDLE -> isOfLoadedKey(session, tpm);
            case EntityType.COUNTER, EntityType.NV -> true;
            default -> throw WRONG_ENTITYTYPE.exception();
        };
        check(isThere, RESOURCEMISSING);
    }

    private static boolean isOfLoadedKey(AuthSession session, TpmState tpm) {
        for (int i = 0; i < tpm.keys().size(); i++) {
            KeySlot slot = tpm.keys().at(i);
            if (slot != null && isOf(slot.key(), session)) {
                return true;
            }
        }
        return tpm.permanent().isOwnerInstalled() && isOf(tpm.permanent().srk(), session);
    }

    private static boolean isOf(LoadedKey key, AuthSession session) {
        return session.entityDigest().matches(key.pubDataDigest().toArray());
    }

    @Override
    public void marshalUndigested(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
