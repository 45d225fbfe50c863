package org.jswtpm.engine.tpm12.command.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSRK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCEMISSING;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;

/** The entity to which a session is bound has to be there when the session is loaded (Part 3, 21.3). */
final class BoundEntity {
    private BoundEntity() {}

    /** @param handle of the entity, which only the caller knows */
    static void check(AuthSession session, int handle, TpmState tpm) {
        boolean isSame = switch (session.entityType()) {
            case EntityType.KEYHANDLE -> isDigest(session, keyDigest(handle, tpm));
            case EntityType.OWNER -> {
                TpmResult.check(tpm.permanent().isOwnerInstalled(), RESOURCEMISSING);
                yield session.entityDigest().matches(tpm.permanent().ownerAuth());
            }
            case EntityType.SRK -> {
                TpmResult.check(tpm.permanent().isOwnerInstalled(), RESOURCEMISSING);
                yield isDigest(session, tpm.permanent().srk().pubDataDigest());
            }
            case EntityType.COUNTER, EntityType.NV ->
                isDigest(session, storedDigest(session.entityType(), handle, tpm));
            default -> throw WRONG_ENTITYTYPE.exception();
        };
        TpmResult.check(isSame, RESOURCEMISSING);
    }

    private static Bytes keyDigest(int handle, TpmState tpm) {
        if (handle == ReservedHandle.SRK) {
            TpmResult.check(tpm.permanent().isOwnerInstalled(), NOSRK);
            return tpm.permanent().srk().pubDataDigest();
        }
        TpmResult.check(tpm.keys().contains(handle), BAD_HANDLE);
        return tpm.keys().get(handle).key().pubDataDigest();
    }

    private static Bytes storedDigest(int entityType, int handle, TpmState tpm) {
        try {
            return entityType == EntityType.COUNTER
                    ? tpm.counters().get(handle).entityDigest(handle)
                    : tpm.nv().get(handle).entityDigest();
        } catch (TpmException e) {
            throw RESOURCEMISSING.exception();
        }
    }

    private static boolean isDigest(AuthSession session, Bytes digest) {
        return session.entityDigest().matches(digest.toArray());
    }
}
