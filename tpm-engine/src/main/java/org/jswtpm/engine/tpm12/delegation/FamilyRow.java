package org.jswtpm.engine.tpm12.delegation;

import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_FAMILY_TABLE_ENTRY (Part 2, 20.4).
 *
 * @param label the owner's name for it
 * @param familyId its number
 * @param verificationCount the generation of delegations that counts
 * @param flags {@link #ENABLED}, {@link #DELEGATE_ADMIN_LOCK}
 * @param isValid whether there is a family in this row
 */
public record FamilyRow(int label, int familyId, int verificationCount, int flags, boolean isValid) {
    /** TPM_FAMFLAG_ENABLED. */
    public static final int ENABLED = 1;
    /** TPM_DELEGATE_ADMIN_LOCK. */
    public static final int DELEGATE_ADMIN_LOCK = 2;

    /** A row without a family. */
    public static final FamilyRow NONE = new FamilyRow(0, 0, 0, 0, false);

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** This family with a flag set or not. */
    public FamilyRow with(int flag, boolean value) {
        return new FamilyRow(label, familyId, verificationCount, value ? flags | flag : flags & ~flag, isValid);
    }

    /** This family in its next generation. */
    public FamilyRow withNextVerificationCount() {
        return new FamilyRow(label, familyId, verificationCount + 1, flags, isValid);
    }

    /** As the state has it: without the tag. */
    public static FamilyRow unmarshal(WireReader in) {
        return new FamilyRow(in.uint8(), in.uint32(), in.uint32(), in.uint32(), TpmBool.unmarshal(in));
    }

    /** As the state has it: without the tag. */
    public void marshal(WireWriter out) {
        marshalPublic(out);
        TpmBool.marshal(isValid, out);
    }

    /** The fields that TPM_Delegate_ReadTable gives, without the tag. */
    public void marshalPublic(WireWriter out) {
        out.uint8(label).uint32(familyId).uint32(verificationCount).uint32(flags);
    }
}
