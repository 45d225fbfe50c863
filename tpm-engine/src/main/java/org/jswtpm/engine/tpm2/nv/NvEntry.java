package org.jswtpm.engine.tpm2.nv;

import org.jswtpm.engine.tpm2.structure.Handle;

/** One entry of NV: an Index or a persistent object. */
public sealed interface NvEntry permits NvIndex, PersistentObject {
    /** The handle by which it is found. */
    Handle handle();

    /** Wipes what is secret; the entry is gone. */
    void wipe();
}
