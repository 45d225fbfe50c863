package org.jswtpm.engine.tpm12.counter;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_COUNTER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.structure.TpmLimits;

/** The monotonic counters, and which of them this boot uses. */
public final class Counters {
    /** TPM_COUNT_ID_NULL: this boot has not used a counter. */
    public static final int NULL = 0xFFFF_FFFF;
    /** TPM_COUNT_ID_ILLEGAL: the counter of this boot was released; no other can be used. */
    public static final int ILLEGAL = 0xFFFF_FFFE;

    private final MonotonicCounter[] counters = new MonotonicCounter[TpmLimits.COUNTERS];
    private int activeId = NULL;

    public Counters() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new MonotonicCounter();
        }
    }

    /** How many there can be. */
    public int size() {
        return counters.length;
    }

    /** The place at {@code index}, from 0, with or without a counter. */
    public MonotonicCounter at(int index) {
        return counters[index];
    }

    /** The counter with this number; else TPM_BAD_COUNTER. */
    public MonotonicCounter get(int countId) {
        check(countId >= 0 && countId < counters.length && counters[countId].isValid(), BAD_COUNTER);
        return counters[countId];
    }

    /** The number that a new counter gets; TPM_RESOURCES if there is no room. */
    public int freeId() {
        for (int i = 0; i < counters.length; i++) {
            if (!counters[i].isValid()) {
                return i;
            }
        }
        throw RESOURCES.exception();
    }

    /** How many more counters there can be. */
    public int freeCount() {
        int free = 0;
        for (MonotonicCounter counter : counters) {
            if (!counter.isValid()) {
                free++;
            }
        }
        return free;
    }

    /** The count that a new counter begins with: above all that ever were. */
    public int nextCount() {
        int max = 0;
        for (MonotonicCounter counter : counters) {
            if (Integer.compareUnsigned(counter.count(), max) > 0) {
                max = counter.count();
            }
        }
        return max + 1;
    }

    /** TPM_STCLEAR_DATA.countID: the counter that this boot uses, {@link #NULL} or {@link #ILLEGAL}. */
    public int activeId() {
        return activeId;
    }

    public void setActiveId(int countId) {
        activeId = countId;
    }

    /** What clearing the owner makes of them. */
    public void clearOwner() {
        for (MonotonicCounter counter : counters) {
            if (counter.isValid()) {
                counter.release();
            }
        }
        activeId = NULL;
    }

    /** Wipes what is secret. */
    public void wipe() {
        for (MonotonicCounter counter : counters) {
            counter.authData().close();
        }
    }
}
