package org.jswtpm.engine.tpm12.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.flags.StanyFlags;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The slots for transport sessions. */
public final class TransportSessions {
    private final TransportSession[] slots = new TransportSession[TpmLimits.TRANSPORT_SESSIONS];
    private int running;

    /** The handle of the session whose wrapped command is running; 0 for none. */
    public int running() {
        return running;
    }

    public void setRunning(int handle) {
        running = handle;
    }

    /** A command of another session ends the exclusive one. */
    public void endOtherExclusive(int handle, StanyFlags flags) {
        int exclusive = flags.transportExclusive();
        if (exclusive != 0 && exclusive != handle) {
            terminate(exclusive, flags);
        }
    }

    /** How many slots there are. */
    public int size() {
        return slots.length;
    }

    /** The session at {@code index}, or null. */
    public TransportSession at(int index) {
        return slots[index];
    }

    /** The session with this handle; else TPM_INVALID_AUTHHANDLE. */
    public TransportSession get(int handle) {
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
        for (TransportSession session : slots) {
            if (session == null) {
                free++;
            }
        }
        return free;
    }

    /** A handle that no session has; {@code wanted} if it is not 0 and free. */
    public int newHandle(int wanted, RandomSource random) {
        int handle = wanted;
        while (handle == 0 || indexOf(handle) >= 0) {
            handle = random.generateInteger(Integer.BYTES).intValue();
        }
        return handle;
    }

    /** Takes a session; TPM_RESOURCES if there is no room. */
    public void add(TransportSession session) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                slots[i] = session;
                return;
            }
        }
        throw RESOURCES.exception();
    }

    /** Ends a session, and with it the exclusive use of the TPM; TPM_INVALID_AUTHHANDLE if there is none. */
    public void terminate(int handle, StanyFlags flags) {
        TransportSession session = get(handle);
        if (handle == flags.transportExclusive()) {
            flags.setTransportExclusive(0);
            check(session.publicPart().has(TransportPublic.EXCLUSIVE), FAIL);
        }
        session.wipe();
        slots[indexOf(handle)] = null;
    }

    /** Whether {@code handle} is 0, or of a session that was started for the exclusive use of the TPM. */
    public boolean canBeExclusive(int handle) {
        return handle == 0 || contains(handle) && get(handle).publicPart().has(TransportPublic.EXCLUSIVE);
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
        for (TransportSession session : slots) {
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
            TransportSession session = TransportSession.unmarshal(in);
            check(session.handle() != 0 && indexOf(session.handle()) < 0, BAD_HANDLE);
            slots[i] = session;
        }
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
