package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DELEGATE_PUBLIC (Part 2, 20.5).
 *
 * @param rowLabel the owner's name for it
 * @param pcrInfo what PCRs and localities the delegate needs
 * @param permissions what the delegate may do
 * @param familyId the family it belongs to
 * @param verificationCount which generation of the family
 */
public record DelegatePublic(
        int rowLabel, PcrInfoShort pcrInfo, Delegations permissions, int familyId, int verificationCount) {
    /** What delegates nothing. */
    public static final DelegatePublic NONE = new DelegatePublic(0, PcrInfoShort.NONE, Delegations.NONE, 0, 0);

    /** This in another generation of its family. */
    public DelegatePublic withVerificationCount(int count) {
        return new DelegatePublic(rowLabel, pcrInfo, permissions, familyId, count);
    }

    public static DelegatePublic unmarshal(WireReader in) {
        StructureTag.DELEGATE_PUBLIC.unmarshal(in);
        return new DelegatePublic(
                in.uint8(), PcrInfoShort.unmarshal(in), Delegations.unmarshal(in), in.uint32(), in.uint32());
    }

    public void marshal(WireWriter out) {
        StructureTag.DELEGATE_PUBLIC.marshal(out);
        out.uint8(rowLabel);
        pcrInfo.marshal(out);
        permissions.marshal(out);
        out.uint32(familyId).uint32(verificationCount);
    }
}
