package org.jswtpm.engine.tpm2.nv;

import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Secret;

/** A persistent object, and its octets in the state, which stay the same as long as it exists. */
public final class PersistentObject implements NvEntry {
    private final TpmObject object;
    private final int size;
    private Secret encoding = Secret.empty();

    PersistentObject(TpmObject object, int size) {
        this.object = object;
        this.size = size;
    }

    @Override
    public Handle handle() {
        return object.evictHandle();
    }

    /** How many octets it takes in NV. */
    int size() {
        return size;
    }

    /** Octets of its whole entry in NV. */
    public int entrySize() {
        return NvSpace.objectEntry(size);
    }

    /** The object. */
    public TpmObject object() {
        return object;
    }

    /** The object as the state has it, lent; empty until {@link #setEncoding}. */
    public Secret encoding() {
        return encoding;
    }

    /** Keeps the octets that the state has for the object; takes {@code octets} over. */
    public void setEncoding(Secret octets) {
        encoding.close();
        encoding = octets;
    }

    @Override
    public void wipe() {
        encoding.close();
        object.wipe();
    }
}
