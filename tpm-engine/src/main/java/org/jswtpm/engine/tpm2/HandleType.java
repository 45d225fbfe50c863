package org.jswtpm.engine.tpm2;

/** The interface types of handles in a command's handle area (Part 2, 9). A name with OR_NULL allows TPM_RH_NULL too. */
public enum HandleType {
    /** TPMI_DH_OBJECT: transient or persistent object. */
    OBJECT,
    OBJECT_OR_NULL,
    /** TPMI_DH_PARENT: an object or a hierarchy. */
    PARENT_OR_NULL,
    /** TPMI_DH_ENTITY: whatever has an auth value. */
    ENTITY,
    ENTITY_OR_NULL,
    /** TPMI_DH_PCR. */
    PCR,
    PCR_OR_NULL,
    /** TPMI_SH_HMAC. */
    HMAC_SESSION,
    /** TPMI_SH_POLICY. */
    POLICY_SESSION,
    /** TPMI_DH_CONTEXT: session or transient object. */
    CONTEXT,
    /** TPMI_RH_HIERARCHY. */
    HIERARCHY,
    HIERARCHY_OR_NULL,
    /** TPMI_RH_HIERARCHY_AUTH: hierarchies and lockout. */
    HIERARCHY_AUTH,
    /** TPMI_RH_HIERARCHY_POLICY. */
    HIERARCHY_POLICY,
    /** TPMI_RH_PLATFORM. */
    PLATFORM,
    /** TPMI_RH_ENDORSEMENT. */
    ENDORSEMENT,
    ENDORSEMENT_OR_NULL,
    /** TPMI_RH_PROVISION: owner or platform. */
    PROVISION,
    /** TPMI_RH_CLEAR: lockout or platform. */
    CLEAR,
    /** TPMI_RH_LOCKOUT. */
    LOCKOUT,
    /** TPMI_RH_NV_AUTH: owner, platform, or an NV Index. */
    NV_AUTH,
    /** TPMI_RH_NV_INDEX. */
    NV_INDEX,
    /** TPMI_RH_NV_DEFINED_INDEX. */
    NV_DEFINED_INDEX;

    private final HandleSlot plain = new HandleSlot(this, HandleSlot.Role.NONE);

    /** A handle that needs no authorization. */
    HandleSlot plain() {
        return plain;
    }

    /** A handle with Auth Role: USER. */
    HandleSlot user() {
        return new HandleSlot(this, HandleSlot.Role.USER);
    }

    /** A handle with Auth Role: ADMIN. */
    HandleSlot admin() {
        return new HandleSlot(this, HandleSlot.Role.ADMIN);
    }

    /** A handle with Auth Role: DUP. */
    HandleSlot dup() {
        return new HandleSlot(this, HandleSlot.Role.DUP);
    }
}
