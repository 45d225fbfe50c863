package org.jswtpm.engine.tpm2.nv;

import org.jswtpm.engine.tpm2.object.TpmObject;

/** How many octets an object takes in NV. */
@FunctionalInterface
public interface ObjectSize {
    /** The octets, without what an entry has around an object. */
    int of(TpmObject object);
}
