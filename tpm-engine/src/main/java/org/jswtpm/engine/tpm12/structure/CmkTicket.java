package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_MIGAUTH, TPM_CMK_SIGTICKET and TPM_CMK_MA_APPROVAL (Part 2, 5.14 to 5.16): what the TPM confirms by an HMAC with its
 * tpmProof, to know it again later.
 *
 * @param tag which of them it is
 * @param digests its fields, one after the other
 */
public record CmkTicket(StructureTag tag, Bytes digests) {
    /**
     * Who may migrate a key.
     *
     * @param msaDigest of the list of migration authorities
     * @param pubKeyDigest of the key
     */
    public static CmkTicket migrationAuth(Bytes msaDigest, Bytes pubKeyDigest) {
        return new CmkTicket(StructureTag.CMK_MIGAUTH, msaDigest.then(pubKeyDigest));
    }

    /**
     * That a signature was right.
     *
     * @param verKeyDigest of the key that signed
     * @param signedData what it signed
     */
    public static CmkTicket signature(Bytes verKeyDigest, Bytes signedData) {
        return new CmkTicket(StructureTag.CMK_SIGTICKET, verKeyDigest.then(signedData));
    }

    /** That the owner approves migration authorities. */
    public static CmkTicket approval(Bytes migrationAuthorityDigest) {
        return new CmkTicket(StructureTag.CMK_MA_APPROVAL, migrationAuthorityDigest);
    }

    /** The HMAC. */
    public Secret hmac(Secret tpmProof) {
        WireWriter out = new WireWriter();
        tag.marshal(out);
        out.bytes(digests);
        return Secret.take(tpmProof.use(proof -> Hmac.mac(Digest.SHA1, proof, out.toArray())));
    }

    /** Whether {@code hmac} is that of this; in constant time. */
    public boolean isConfirmedBy(Secret hmac, Secret tpmProof) {
        try (Secret expected = hmac(tpmProof)) {
            return expected.matches(hmac);
        }
    }
}
