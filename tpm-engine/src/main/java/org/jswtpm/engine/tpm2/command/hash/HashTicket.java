package org.jswtpm.engine.tpm2.command.hash;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;

/** The ticket by which a restricted key signs a digest of data that does not look like the TPM's own. */
final class HashTicket {
    private HashTicket() {}

    /** The ticket for {@code digest}; a NULL ticket if none is wanted, or the data are not safe. */
    static TpmtTicket of(Handle hierarchy, HashAlg hash, Bytes digest, boolean safe, TpmState tpm) {
        return hierarchy.equals(Handle.NULL) || !safe
                ? none()
                : new Tickets(tpm.hierarchies()).hashCheck(hierarchy, hash, digest);
    }

    /** The NULL ticket. */
    static TpmtTicket none() {
        return TpmtTicket.nullTicket(StructureTag.HASHCHECK);
    }
}
