package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.OBJECT_MEMORY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/**
 * The slots in which transient objects live (Part 1, 15.4). The handle of an object is that of its slot; a persistent
 * object takes a slot too, for the time of the command that uses it.
 */
public final class ObjectSlots {
    private static final int FIRST = Handle.TYPE_TRANSIENT << 24;

    private final SlotObject[] slots = new SlotObject[TpmLimits.MAX_LOADED_OBJECTS];

    private long contextId;

    /** objectContextID: how many contexts of objects have been saved since the last TPM Reset. */
    public long contextId() {
        return contextId;
    }

    public void setContextId(long contextId) {
        this.contextId = contextId;
    }

    /** Ends the command with TPM_RC_OBJECT_MEMORY if all slots are in use. */
    public void checkFree() {
        check(freeCount() > 0, OBJECT_MEMORY);
    }

    /** How many slots are free. */
    public int freeCount() {
        int free = 0;
        for (SlotObject object : slots) {
            if (object == null) {
                free++;
            }
        }
        return free;
    }

    /** Takes {@code object} into the first free slot; else TPM_RC_OBJECT_MEMORY. */
    public Handle add(SlotObject object) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                slots[i] = object;
                return new Handle(FIRST + i);
            }
        }
        throw OBJECT_MEMORY.exception();
    }

    /** Puts {@code object} into the slot at {@code index}; when a saved state is loaded. */
    public void restore(int index, SlotObject object) {
        slots[index] = object;
    }

    /** Whether {@code handle} is that of a slot in use. */
    public boolean isPresent(Handle handle) {
        return handle.type() == Handle.TYPE_TRANSIENT && handle.index() < slots.length && slots[handle.index()] != null;
    }

    /** The object of a slot that is in use. */
    public SlotObject get(Handle handle) {
        if (!isPresent(handle)) {
            throw new IllegalArgumentException("no object at " + handle);
        }
        return slots[handle.index()];
    }

    /**
     * The ordinary object of a slot that is in use.
     *
     * @param ifSequence what the command answers if the handle refers to a sequence
     */
    public TpmObject object(Handle handle, TpmRc ifSequence) {
        SlotObject object = get(handle);
        check(!object.attributes().isSequence(), ifSequence);
        return (TpmObject) object;
    }

    /** Frees a slot. */
    public void flush(Handle handle) {
        free(handle.index());
    }

    /** Frees the slots of all objects of a hierarchy. */
    public void flushHierarchy(Handle hierarchy) {
        int bit = SlotAttributes.ofHierarchy(hierarchy);
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i].attributes().has(bit)) {
                free(i);
            }
        }
    }

    /** Frees the slots that were taken for one command only; at its end. */
    public void cleanUpEvicted() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i].attributes().has(SlotAttributes.EVICT)) {
                free(i);
            }
        }
    }

    /** TPM2_Startup: transient objects are lost; their saved contexts live on, but over a TPM Reset. */
    public void startup(StartupType type) {
        clear();
        if (type == StartupType.RESET) {
            contextId = 0;
        }
    }

    /** Frees all slots. */
    public void clear() {
        for (int i = 0; i < slots.length; i++) {
            free(i);
        }
    }

    /** A persistent object lives on in NV, so it is not wiped here. */
    private void free(int index) {
        SlotObject object = slots[index];
        slots[index] = null;
        if (object != null
                && (object.attributes().isSequence() || !object.attributes().has(SlotAttributes.EVICT))) {
            object.wipe();
        }
    }
}
