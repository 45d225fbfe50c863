package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** What a slot for transient objects can hold. */
public sealed interface SlotObject permits TpmObject, SequenceObject {
    /** What the TPM knows of the object. */
    SlotAttributes attributes();

    /** TPMA_OBJECT; noDA alone for a sequence. */
    ObjectAttributes publicAttributes();

    /** The Name algorithm; TPM_ALG_NULL for a sequence. */
    HashAlg nameAlg();

    /** The Name; empty without a Name algorithm. */
    Bytes name();

    /** The Qualified Name; empty for a sequence. */
    Bytes qualifiedName();

    /** The policy digest; empty for none. */
    Bytes authPolicy();

    /** The auth value, lent; empty if only the public area is loaded. */
    Secret auth();

    /** The hierarchy in which the object is. */
    Handle hierarchy();

    /** Wipes the secrets. */
    void wipe();
}
