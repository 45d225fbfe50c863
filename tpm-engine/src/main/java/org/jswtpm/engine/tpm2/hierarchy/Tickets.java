package org.jswtpm.engine.tpm2.hierarchy;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmsAttest;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;

/** Makes tickets: HMACs with the proof of a hierarchy, by which the TPM knows its own word again (Part 2, 10.6). */
public final class Tickets {
    /** CONTEXT_INTEGRITY_HASH_ALG. */
    private static final Digest HASH = Digest.SHA512;

    private final Hierarchies hierarchies;

    public Tickets(Hierarchies hierarchies) {
        this.hierarchies = hierarchies;
    }

    /**
     * Whether data that begins with these octets may be signed without the TPM having made it (TicketIsSafe): what the TPM
     * itself signs begins with TPM_GENERATED_VALUE, so nothing else that does gets a ticket.
     */
    public static boolean isSafe(byte[] data) {
        if (data.length < Integer.BYTES) {
            return false;
        }
        int begin = (data[0] & 0xff) << 24 | (data[1] & 0xff) << 16 | (data[2] & 0xff) << 8 | data[3] & 0xff;
        return begin != TpmsAttest.GENERATED;
    }

    /** TPMT_TK_CREATION: the TPM made the object {@code name} with creation data of this digest. */
    public TpmtTicket creation(Handle hierarchy, Bytes name, Bytes creationHash) {
        Hmac hmac =
                begin(StructureTag.CREATION, hierarchy).update(name.toArray()).update(creationHash.toArray());
        return end(StructureTag.CREATION, hierarchy, hmac);
    }

    /** TPMT_TK_VERIFIED: the key {@code keyName} signed {@code digest}. */
    public TpmtTicket verified(Handle hierarchy, Bytes digest, Bytes keyName) {
        Hmac hmac =
                begin(StructureTag.VERIFIED, hierarchy).update(digest.toArray()).update(keyName.toArray());
        return end(StructureTag.VERIFIED, hierarchy, hmac);
    }

    /** TPMT_TK_HASHCHECK: {@code digest} is that of data which does not look like the TPM's own. */
    public TpmtTicket hashCheck(Handle hierarchy, HashAlg hashAlg, Bytes digest) {
        Hmac hmac = begin(StructureTag.HASHCHECK, hierarchy)
                .updateUint16(hashAlg.value())
                .update(digest.toArray());
        return end(StructureTag.HASHCHECK, hierarchy, hmac);
    }

    /**
     * TPMT_TK_AUTH: an authorization was given.
     *
     * @param tag AUTH_SIGNED or AUTH_SECRET
     * @param timeout when it expires, in milliseconds of Time; 0 for never
     * @param timeEpoch the epoch of that Time
     * @param resetCount totalResetCount if it expires at TPM Reset, else null
     */
    public TpmtTicket auth(
            StructureTag tag, Handle hierarchy, Authorization given, long timeout, int timeEpoch, Long resetCount) {
        Hmac hmac = begin(tag, hierarchy)
                .update(given.cpHash.toArray())
                .update(given.policyRef.toArray())
                .update(given.entityName.toArray())
                .updateUint64(timeout);
        if (timeout != 0) {
            hmac.updateUint32(timeEpoch);
            if (resetCount != null) {
                hmac.updateUint64(resetCount);
            }
        }
        return end(tag, hierarchy, hmac);
    }

    private Hmac begin(StructureTag tag, Handle hierarchy) {
        return hierarchies.proof(hierarchy).use(proof -> Hmac.of(HASH, proof)).updateUint16(tag.value());
    }

    private static TpmtTicket end(StructureTag tag, Handle hierarchy, Hmac hmac) {
        return new TpmtTicket(tag, hierarchy, Bytes.wrap(hmac.mac()));
    }

    /**
     * What a TPMT_TK_AUTH speaks of.
     *
     * @param cpHash the command it is for; empty for any
     * @param policyRef what the caller says of it; may be empty
     * @param entityName the Name of who gave it
     */
    public record Authorization(Bytes cpHash, Bytes policyRef, Bytes entityName) {}
}
