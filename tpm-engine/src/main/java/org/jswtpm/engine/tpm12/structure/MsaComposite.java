package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MA_TICKET_SIGNATURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_MSA_COMPOSITE (Part 2, 5.12): the migration authorities that may decide on a key.
 *
 * @param migAuthDigests digests of their public keys, one after the other
 */
public record MsaComposite(Bytes migAuthDigests) {
    private static final int MAX_AUTHORITIES = TpmLimits.ALLOC_MAX / TpmLimits.DIGEST_SIZE;

    /** Else TPM_INVALID_STRUCTURE for an empty list, TPM_SIZE. */
    public static MsaComposite unmarshal(WireReader in) {
        long count = in.unsigned32();
        TpmResult.check(count != 0, INVALID_STRUCTURE);
        TpmResult.check(count <= MAX_AUTHORITIES, SIZE);
        return new MsaComposite(in.bytes((int) count * TpmLimits.DIGEST_SIZE));
    }

    /** The digest of this structure. */
    public Bytes digest() {
        WireWriter out = new WireWriter();
        out.uint32(count()).bytes(migAuthDigests);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, out.toArray()));
    }

    /** Ends the command with TPM_MA_TICKET_SIGNATURE unless the key with this digest is an authority. */
    public void checkContains(Bytes keyDigest) {
        boolean isFound = false;
        for (int i = 0; i < count(); i++) {
            isFound |= at(i).equals(keyDigest);
        }
        TpmResult.check(isFound, MA_TICKET_SIGNATURE);
    }

    /**
     * Ends the command with TPM_MA_TICKET_SIGNATURE unless an authority has signed.
     *
     * @param sigTicket of TPM_CMK_CreateTicket
     * @param signedData what is to be signed
     */
    public void checkSigned(Secret sigTicket, Bytes signedData, Secret tpmProof) {
        boolean isSigned = false;
        for (int i = 0; i < count(); i++) {
            isSigned |= CmkTicket.signature(at(i), signedData).isConfirmedBy(sigTicket, tpmProof);
        }
        TpmResult.check(isSigned, MA_TICKET_SIGNATURE);
    }

    private int count() {
        return migAuthDigests.size() / TpmLimits.DIGEST_SIZE;
    }

    private Bytes at(int index) {
        return migAuthDigests.slice(index * TpmLimits.DIGEST_SIZE, TpmLimits.DIGEST_SIZE);
    }
}
