package org.jswtpm.engine.tpm12.transport;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.tick.Ticks;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** The log of a transport session, of which the TPM keeps the digest (Part 2, 13.3 and 13.4). */
public final class TransportLog {
    private TransportLog() {}

    /**
     * Extends the digest by TPM_TRANSPORT_LOG_IN.
     *
     * @param parameters the digest of the command's
     * @param pubKeyHash of the keys that it uses; zeros for none
     */
    public static Bytes extendIn(Bytes digest, byte[] parameters, Bytes pubKeyHash) {
        WireWriter entry = new WireWriter();
        StructureTag.TRANSPORT_LOG_IN.marshal(entry);
        entry.octets(parameters).bytes(pubKeyHash);
        return extend(digest, entry);
    }

    /**
     * Extends the digest by TPM_TRANSPORT_LOG_OUT.
     *
     * @param parameters the digest of the response's
     */
    public static Bytes extendOut(Bytes digest, byte[] parameters, Ticks ticks, int locality) {
        WireWriter entry = new WireWriter();
        StructureTag.TRANSPORT_LOG_OUT.marshal(entry);
        ticks.marshal(entry);
        entry.octets(parameters).uint32(locality);
        return extend(digest, entry);
    }

    private static Bytes extend(Bytes digest, WireWriter entry) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, digest.toArray(), entry.toArray()));
    }
}
