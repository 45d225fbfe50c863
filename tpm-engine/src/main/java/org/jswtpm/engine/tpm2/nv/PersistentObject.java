package org.jswtpm.engine.tpm2.nv;

import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Secret;

/** A persistent object, and its octets in the state, which stay the same as long as it exists. */
public final class PersistentObject implements NvEntry {
    private final TpmObject object;
    private Secret encoding = Secret.empty();

    PersistentObject(TpmObject object) {
        this.object = object;
    }

    @Override
    public Handle handle() {
        return object.evictHandle();
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
