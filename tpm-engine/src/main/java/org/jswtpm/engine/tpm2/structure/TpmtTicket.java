package org.jswtpm.engine.tpm2.structure;

import java.security.MessageDigest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A ticket: what this TPM has said before, sealed with the proof of a hierarchy. The specification has four structures
 * of this layout, which differ in their tag: TPMT_TK_CREATION, _VERIFIED, _AUTH and _HASHCHECK (Part 2, 10.6).
 *
 * @param tag what the ticket says
 * @param hierarchy whose proof seals it; TPM_RH_NULL too
 * @param digest the seal; empty in a NULL ticket
 */
public record TpmtTicket(StructureTag tag, Handle hierarchy, Bytes digest) {
    /** The ticket that says nothing. */
    public static TpmtTicket nullTicket(StructureTag tag) {
        return new TpmtTicket(tag, Handle.NULL, Bytes.EMPTY);
    }

    /** TPMT_TK_CREATION; else TPM_RC_VALUE, _TAG, or _SIZE. */
    public static TpmtTicket unmarshalCreation(WireReader in) {
        return unmarshal(in, StructureTag.CREATION, StructureTag.CREATION);
    }

    /** TPMT_TK_VERIFIED; else TPM_RC_VALUE, _TAG, or _SIZE. */
    public static TpmtTicket unmarshalVerified(WireReader in) {
        return unmarshal(in, StructureTag.VERIFIED, StructureTag.VERIFIED);
    }

    /** TPMT_TK_AUTH, of TPM2_PolicySigned or TPM2_PolicySecret; else TPM_RC_VALUE, _TAG, or _SIZE. */
    public static TpmtTicket unmarshalAuth(WireReader in) {
        return unmarshal(in, StructureTag.AUTH_SIGNED, StructureTag.AUTH_SECRET);
    }

    /** TPMT_TK_HASHCHECK; else TPM_RC_VALUE, _TAG, or _SIZE. */
    public static TpmtTicket unmarshalHashCheck(WireReader in) {
        return unmarshal(in, StructureTag.HASHCHECK, StructureTag.HASHCHECK);
    }

    private static TpmtTicket unmarshal(WireReader in, StructureTag one, StructureTag other) {
        StructureTag tag = StructureTag.unmarshal(in);
        TpmRc.check(tag == one || tag == other, TpmRc.TAG);
        Handle hierarchy = TpmiHandle.hierarchy(in, true);
        return new TpmtTicket(tag, hierarchy, in.sized2(TpmLimits.MAX_DIGEST_SIZE));
    }

    /** Whether this ticket says nothing. */
    public boolean isNull() {
        return digest.isEmpty();
    }

    /** Whether the seal is that of {@code right}; in constant time. */
    public boolean hasDigestOf(TpmtTicket right) {
        return MessageDigest.isEqual(digest.toArray(), right.digest.toArray());
    }

    public void marshal(WireWriter out) {
        tag.marshal(out);
        hierarchy.marshal(out);
        out.sized2(digest);
    }
}
