package org.jswtpm.engine.tpm12.auth;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The slots for authorization sessions. */
public final class AuthSessions {
    private final AuthSession[] slots = new AuthSession[TpmLimits.AUTH_SESSIONS];

    /** How many slots there are. */
    public int size() {
        return slots.length;
    }

    /** The session at {@code index}, or null. */
    public AuthSession at(int index) {
        return slots[index];
    }

    /** The session with this handle; else TPM_INVALID_AUTHHANDLE. */
    public AuthSession get(int handle) {
        int index = indexOf(handle);
        check(index >= 0, INVALID_AUTHHANDLE);
        return slots[index];
    }

    /** Whether there is a session with this handle. */
    public boolean contains(int handle) {
        return indexOf(handle) >= 0;
    }

    /** How many more sessions there can be. */
    public int freeCount() {
        int free = 0;
        for (AuthSession session : slots) {
            if (session == null) {
                free++;
            }
        }
        return free;
    }

    /**
     * A handle for a new session; TPM_RESOURCES if there is no room.
     *
     * @param wanted the handle that is tried first; 0 for any
     */
    public int newHandle(int wanted, RandomSource random) {
        freeIndex();
        int handle = wanted;
        while (handle == 0 || contains(handle)) {
            handle = random.generateInteger(Integer.BYTES).intValue();
        }
        return handle;
    }

    /** Takes a session whose handle is new. */
    public void add(AuthSession session) {
        slots[freeIndex()] = session;
    }

    /** Ends a session; TPM_INVALID_AUTHHANDLE if there is none. */
    public void terminate(int handle) {
        AuthSession session = get(handle);
        session.wipe();
        slots[indexOf(handle)] = null;
    }

    /** Ends the bound sessions of an entity. */
    public void terminateEntity(int entityType, Bytes entityDigest) {
        byte[] digest = entityDigest.toArray();
        for (int i = 0; i < slots.length; i++) {
            if (isBoundTo(slots[i], entityType) && slots[i].entityDigest().matches(digest)) {
                free(i);
            }
        }
    }

    /** Ends the bound sessions of all entities of a type. */
    public void terminateType(int entityType) {
        for (int i = 0; i < slots.length; i++) {
            if (isBoundTo(slots[i], entityType)) {
                free(i);
            }
        }
    }

    /** Ends all bound sessions. */
    public void terminateBound() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i].isBound()) {
                free(i);
            }
        }
    }

    /** Ends all sessions. */
    public void clear() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null) {
                free(i);
            }
        }
    }

    public void marshal(WireWriter out) {
        out.uint32(slots.length - freeCount());
        for (AuthSession session : slots) {
            if (session != null) {
                session.marshal(out);
            }
        }
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        long count = in.unsigned32();
        check(count <= slots.length, FAIL);
        clear();
        for (int i = 0; i < count; i++) {
            AuthSession session = AuthSession.unmarshal(in);
            check(session.handle() != 0 && indexOf(session.handle()) < 0, BAD_HANDLE);
            slots[i] = session;
        }
    }

    private static boolean isBoundTo(AuthSession session, int entityType) {
        return session != null && session.isBound() && session.entityType() == entityType;
    }

    private void free(int index) {
        slots[index].wipe();
        slots[index] = null;
    }

    private int freeIndex() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                return i;
            }
        }
        throw RESOURCES.exception();
    }

    private int indexOf(int handle) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i].handle() == handle) {
                return i;
            }
        }
        return -1;
    }
}
