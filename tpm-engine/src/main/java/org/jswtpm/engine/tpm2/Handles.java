package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.structure.Handle;

/** The handle area of a command, checked against its row. */
public final class Handles {
    private final Handle[] handles;

    public Handles(Handle... handles) {
        this.handles = handles.clone();
    }

    /** Handle {@code number}, from 1. */
    public Handle get(int number) {
        return handles[number - 1];
    }

    /** How many there are. */
    public int count() {
        return handles.length;
    }
}
