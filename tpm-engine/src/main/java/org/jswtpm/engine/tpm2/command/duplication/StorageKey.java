package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;

/** The asymmetric storage keys, for which duplicates are encrypted. */
final class StorageKey {
    static final String LABEL = "DUPLICATE";

    private StorageKey() {}

    /**
     * The storage key of a handle (ObjectIsStorage); its public area is enough, so it need not be a parent in this TPM.
     *
     * @param number of the handle that TYPE blames if it refers to anything else
     */
    static TpmObject of(Handle handle, int number, TpmState tpm) {
        TpmObject key = tpm.objects().object(handle, TYPE.handle(number));
        ObjectAttributes attributes = key.publicAttributes();
        boolean isStorage =
                attributes.has(ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT) && !attributes.sign();
        check(isStorage && key.type().isAsymmetric(), TYPE.handle(number));
        return key;
    }
}
