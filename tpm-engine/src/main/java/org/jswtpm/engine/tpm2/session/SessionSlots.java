package org.jswtpm.engine.tpm2.session;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CONTEXT_GAP;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SESSION_HANDLES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SESSION_MEMORY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TOO_MANY_CONTEXTS;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StartupType;

/**
 * The sessions of a TPM: the few that are loaded, and which others exist as saved contexts (Part 1, 30.4).
 *
 * <p>Each active session has an entry in the context array, at the low bits of its handle: 0 for none, the number of its
 * slot while it is loaded, else the low bits of the counter at the time its context was saved. The last must stay
 * unequal for all sessions; when the counter would meet the oldest one, that one has to be loaded first (the "gap").
 */
public final class SessionSlots {
    /** MAX_LOADED_SESSIONS. */
    public static final int MAX_LOADED = 3;
    /** MAX_ACTIVE_SESSIONS. */
    public static final int MAX_ACTIVE = 64;

    private static final int NO_SESSION = MAX_ACTIVE + 1;
    private static final int WIDE_MASK = 0xFFFF;

    private final Session[] loaded = new Session[MAX_LOADED];
    private final int[] contextArray = new int[MAX_ACTIVE];
    private long contextCounter = MAX_LOADED + 1;
    private int slotMask = WIDE_MASK;
    private int oldestSaved = NO_SESSION;
    private Handle exclusiveAudit = Handle.UNASSIGNED;

    /** TPM2_Startup: loaded sessions are lost, saved ones live on over TPM Resume and TPM Restart. */
    public void startup(StartupType type) {
        clear();
        exclusiveAudit = Handle.UNASSIGNED;
        if (type == StartupType.RESET) {
            Arrays.fill(contextArray, 0);
            contextCounter = MAX_LOADED + 1;
            oldestSaved = NO_SESSION;
            slotMask = WIDE_MASK;
            return;
        }
        for (int i = 0; i < MAX_ACTIVE; i++) {
            if (contextArray[i] <= MAX_LOADED) {
                contextArray[i] = 0;
            }
        }
        findOldest();
    }

    /** Wipes the loaded sessions. */
    public void clear() {
        for (int slot = 0; slot < MAX_LOADED; slot++) {
            free(slot);
        }
    }

    /** Whether {@code handle} is that of a loaded session. */
    public boolean isLoaded(Handle handle) {
        int index = handle.index();
        return index < MAX_ACTIVE && contextArray[index] != 0 && contextArray[index] <= MAX_LOADED;
    }

    /** Whether {@code handle} is that of a session whose context is saved. */
    public boolean isSaved(Handle handle) {
        int index = handle.index();
        return index < MAX_ACTIVE && contextArray[index] > MAX_LOADED;
    }

    /** The loaded session of {@code handle}. */
    public Session get(Handle handle) {
        return loaded[contextArray[handle.index()] - 1];
    }

    /**
     * Makes sure that {@link #add} finds room for a new session: else TPM_RC_SESSION_MEMORY, TPM_RC_CONTEXT_GAP or
     * TPM_RC_SESSION_HANDLES.
     */
    public void checkRoom() {
        check(freeSlots() > 0, SESSION_MEMORY);
        check(!(freeSlots() == 1 && isGapMaximal()), CONTEXT_GAP);
        check(freeEntry() < MAX_ACTIVE, SESSION_HANDLES);
    }

    /** Takes a new session; there is room for it. */
    public Handle add(Session session) {
        int slot = freeSlot();
        int entry = freeEntry();
        loaded[slot] = session;
        contextArray[entry] = slot + 1;
        return new Handle((session.isPolicy() ? Handle.TYPE_POLICY_SESSION : Handle.TYPE_HMAC_SESSION) << 24 | entry);
    }

    /**
     * Gives the next contextID to a loaded session and frees its slot; the session is the caller's then.
     *
     * @return the contextID
     */
    public long save(Handle handle) {
        check(!isGapMaximal(), CONTEXT_GAP);
        check(contextCounter != -1L, TOO_MANY_CONTEXTS);
        long contextId = contextCounter;
        int entry = handle.index();
        loaded[contextArray[entry] - 1] = null;
        contextArray[entry] = (int) contextCounter & slotMask;
        contextCounter++;
        if ((contextCounter & slotMask) == 0) {
            contextCounter += MAX_LOADED + 1;
        }
        if (oldestSaved >= MAX_ACTIVE) {
            oldestSaved = entry;
        }
        return contextId;
    }

    /** Whether {@code contextId} is the one that the saved session {@code handle} got. */
    public boolean isValidContext(Handle handle, long contextId) {
        return isSaved(handle)
                && contextArray[handle.index()] == ((int) contextId & slotMask)
                && Long.compareUnsigned(contextId, contextCounter) <= 0
                && Long.compareUnsigned(contextCounter - contextId, slotMask + 1L) <= 0;
    }

    /** Makes sure that {@link #load} can load {@code handle}: else TPM_RC_SESSION_MEMORY or TPM_RC_CONTEXT_GAP. */
    public void checkRoomToLoad(Handle handle) {
        check(freeSlots() > 0, SESSION_MEMORY);
        check(!(freeSlots() == 1 && isGapMaximal() && handle.index() != oldestSaved), CONTEXT_GAP);
    }

    /** Takes the session of a saved context back. */
    public void load(Handle handle, Session session) {
        int slot = freeSlot();
        loaded[slot] = session;
        contextArray[handle.index()] = slot + 1;
        if (handle.index() == oldestSaved) {
            findOldest();
        }
    }

    /** Forgets a session, loaded or saved. */
    public void flush(Handle handle) {
        int entry = handle.index();
        int value = contextArray[entry];
        contextArray[entry] = 0;
        if (value > MAX_LOADED) {
            if (entry == oldestSaved) {
                findOldest();
            }
        } else {
            free(value - 1);
        }
    }

    /** The exclusive audit session, or TPM_RH_UNASSIGNED (Part 1, 32.3.4). */
    public Handle exclusiveAudit() {
        return exclusiveAudit;
    }

    public void setExclusiveAudit(Handle exclusiveAudit) {
        this.exclusiveAudit = exclusiveAudit;
    }

    /** How many more sessions can be loaded. */
    public int freeSlots() {
        int free = 0;
        for (Session session : loaded) {
            if (session == null) {
                free++;
            }
        }
        return free;
    }

    /** How many sessions are active: loaded or saved. */
    public int activeCount() {
        int active = 0;
        for (int value : contextArray) {
            if (value != 0) {
                active++;
            }
        }
        return active;
    }

    /** The counter from which contextIDs come. */
    public long contextCounter() {
        return contextCounter;
    }

    /** A copy of the context array. */
    public int[] contextArray() {
        return contextArray.clone();
    }

    /** How many low bits of the counter the context array holds, as a mask: 0xFFFF, or 0xFF in states before libtpms 0.9. */
    public int slotMask() {
        return slotMask;
    }

    /** Sets what TPM2_Shutdown(STATE) saved of the sessions. */
    public void restore(long counter, int[] array, int mask) {
        contextCounter = counter;
        System.arraycopy(array, 0, contextArray, 0, MAX_ACTIVE);
        slotMask = mask;
        findOldest();
    }

    /** The session in a slot, from 0; null for none. */
    public Session loaded(int slot) {
        return loaded[slot];
    }

    /** The entry of the context array that belongs to the session saved first; MAX_ACTIVE + 1 if none is saved. */
    public int oldestSaved() {
        return oldestSaved;
    }

    /** Puts a session into a slot when a running TPM's state is loaded; takes it over. */
    public void restoreLoaded(int slot, Session session) {
        loaded[slot] = session;
    }

    private boolean isGapMaximal() {
        return oldestSaved < MAX_ACTIVE && contextArray[oldestSaved] == ((int) contextCounter & slotMask);
    }

    private int freeSlot() {
        int slot = 0;
        while (loaded[slot] != null) {
            slot++;
        }
        return slot;
    }

    /** The first unused entry of the context array; its length if there is none. */
    private int freeEntry() {
        int entry = 0;
        while (entry < MAX_ACTIVE && contextArray[entry] != 0) {
            entry++;
        }
        return entry;
    }

    private void free(int slot) {
        if (loaded[slot] != null) {
            loaded[slot].close();
            loaded[slot] = null;
        }
    }

    /** The oldest is the one that the counter, which wraps around in its low bits, will meet first. */
    private void findOldest() {
        oldestSaved = NO_SESSION;
        int smallest = slotMask;
        for (int i = 0; i < MAX_ACTIVE; i++) {
            int distance = contextArray[i] - (int) contextCounter & slotMask;
            if (contextArray[i] > MAX_LOADED && distance <= smallest) {
                smallest = distance;
                oldestSaved = i;
            }
        }
    }
}
