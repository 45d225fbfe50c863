package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The slots for sessions of DAA. */
public final class DaaSessions {
    private final DaaSession[] slots = new DaaSession[TpmLimits.DAA_SESSIONS];

    /** How many slots there are. */
    public int size() {
        return slots.length;
    }

    /** The session at {@code index}, or null. */
    public DaaSession at(int index) {
        return slots[index];
    }

    /** How many more sessions there can be. */
    public int freeCount() {
        int free = 0;
        for (DaaSession session : slots) {
            if (session == null) {
                free++;
            }
        }
        return free;
    }

    /** The session with this handle; else TPM_BAD_HANDLE. */
    public DaaSession get(int handle) {
        for (DaaSession session : slots) {
            if (session != null && session.handle() == handle) {
                return session;
            }
        }
        throw BAD_HANDLE.exception();
    }

    /** Whether there is a session with this handle. */
    public boolean contains(int handle) {
        for (DaaSession session : slots) {
            if (session != null && session.handle() == handle) {
                return true;
            }
        }
        return false;
    }

    /** A handle that no session has; {@code wanted} if it is not 0 and free. */
    public int newHandle(int wanted, RandomSource random) {
        int handle = wanted;
        while (handle == 0 || contains(handle)) {
            handle = random.generateInteger(Integer.BYTES).intValue();
        }
        return handle;
    }

    /** Takes a session; TPM_RESOURCES if there is no room. */
    public void add(DaaSession session) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                slots[i] = session;
                return;
            }
        }
        throw RESOURCES.exception();
    }

    /** Ends a session; TPM_BAD_HANDLE if there is none with this handle. */
    public void terminate(int handle) {
        check(terminateIfAny(handle), BAD_HANDLE);
    }

    /** Ends a session if there is one with this handle; says whether there was. */
    public boolean terminateIfAny(int handle) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i].handle() == handle) {
                slots[i].wipe();
                slots[i] = null;
                return true;
            }
        }
        return false;
    }

    /** Ends all sessions. */
    public void clear() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null) {
                slots[i].wipe();
                slots[i] = null;
            }
        }
    }

    public void marshal(WireWriter out) {
        out.uint32(slots.length - freeCount());
        for (DaaSession session : slots) {
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
            DaaSession session = DaaSession.unmarshal(in);
            check(session.handle() != 0 && !contains(session.handle()), BAD_HANDLE);
            slots[i] = session;
        }
    }
}
