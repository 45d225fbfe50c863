package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/** The slots for loaded keys; keys that the owner keeps stand among the others. */
public final class KeySlots {
    private final KeySlot[] slots = new KeySlot[TpmLimits.KEY_HANDLES];

    /** How many slots there are; a slot without a key is null. */
    public int size() {
        return slots.length;
    }

    /** The slot at {@code index}, from 0; null if it is free. */
    public KeySlot at(int index) {
        return slots[index];
    }

    /** The key with this handle; else TPM_INVALID_KEYHANDLE. */
    public KeySlot get(int handle) {
        int index = indexOf(handle);
        check(index >= 0, INVALID_KEYHANDLE);
        return slots[index];
    }

    /** Whether there is a key with this handle. */
    public boolean contains(int handle) {
        return indexOf(handle) >= 0;
    }

    /** How many more keys can be loaded. */
    public int freeCount() {
        int free = 0;
        for (KeySlot slot : slots) {
            if (slot == null) {
                free++;
            }
        }
        return free;
    }

    /** How many keys are or can be loaded that the owner does not keep. */
    public int evictableCount() {
        int evictable = 0;
        for (KeySlot slot : slots) {
            if (slot == null || !slot.isOwnerEvict()) {
                evictable++;
            }
        }
        return evictable;
    }

    /** How many keys the owner keeps. */
    public int ownerEvictCount() {
        return slots.length - evictableCount();
    }

    /**
     * Takes a key; TPM_NOSPACE if there is no room.
     *
     * @param wanted the handle that is tried first; 0 for any
     * @return its handle
     */
    public int add(LoadedKey key, boolean parentPcrStatus, int wanted, RandomSource random) {
        return add(new KeySlot(0, key, parentPcrStatus, 0), wanted, random);
    }

    /**
     * As the other one, for a key that was loaded before.
     *
     * @param slot its handle does not count
     */
    public int add(KeySlot slot, int wanted, RandomSource random) {
        int index = freeIndex();
        int handle = wanted;
        while (handle == 0 || ReservedHandle.isReserved(handle) || contains(handle)) {
            handle = random.generateInteger(Integer.BYTES).intValue();
        }
        slots[index] = asStateHolds(slot).withHandle(handle);
        return handle;
    }

    /** Takes a slot of a saved state; TPM_NOSPACE or TPM_BAD_HANDLE if that is not possible. */
    public void restore(KeySlot slot) {
        int index = freeIndex();
        int handle = slot.handle();
        check(handle != 0 && !ReservedHandle.isReserved(handle) && !contains(handle), BAD_HANDLE);
        slots[index] = asStateHolds(slot);
    }

    /**
     * A key that the owner keeps can be saved as a context and loaded several times. The state has room for a few such keys; one
     * more is a copy that he does not keep.
     */
    private KeySlot asStateHolds(KeySlot slot) {
        return ownerEvictCount() < TpmLimits.OWNER_EVICT_KEY_HANDLES
                ? slot
                : slot.withControl(slot.keyControl() & ~KeySlot.OWNER_EVICT);
    }

    /** Puts {@code slot} in the place of the one with its handle. */
    public void replace(KeySlot slot) {
        slots[indexOf(slot.handle())] = slot;
    }

    /** Forgets a key and wipes it. */
    public void evict(int handle) {
        int index = indexOf(handle);
        if (index >= 0) {
            slots[index].key().wipe();
            slots[index] = null;
        }
    }

    /** Forgets all keys and wipes them. */
    public void clear() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null) {
                slots[i].key().wipe();
                slots[i] = null;
            }
        }
    }

    private int freeIndex() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                return i;
            }
        }
        throw NOSPACE.exception();
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
