package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;

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

    private static final int PCR_COUNT = 24;

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

    /** Whether a handle of this type may be {@code handle}; whether that refers to anything is not asked here. */
    public boolean allows(Handle handle) {
        return switch (this) {
            case OBJECT -> isObject(handle);
            case OBJECT_OR_NULL -> isObject(handle) || isNull(handle);
            case PARENT_OR_NULL -> isObject(handle) || isHierarchy(handle) || isNull(handle);
            case ENTITY -> isEntity(handle);
            case ENTITY_OR_NULL -> isEntity(handle) || isNull(handle);
            case PCR -> isPcr(handle);
            case PCR_OR_NULL -> isPcr(handle) || isNull(handle);
            case HMAC_SESSION -> isSession(handle, Handle.TYPE_HMAC_SESSION);
            case POLICY_SESSION -> isSession(handle, Handle.TYPE_POLICY_SESSION);
            case CONTEXT -> isContext(handle);
            case HIERARCHY -> isHierarchy(handle);
            case HIERARCHY_OR_NULL -> isHierarchy(handle) || isNull(handle);
            case HIERARCHY_AUTH -> isHierarchy(handle) || handle.equals(Handle.LOCKOUT);
            case HIERARCHY_POLICY -> isHierarchy(handle) || handle.equals(Handle.LOCKOUT) || isAct(handle);
            case PLATFORM -> handle.equals(Handle.PLATFORM);
            case ENDORSEMENT -> handle.equals(Handle.ENDORSEMENT);
            case ENDORSEMENT_OR_NULL -> handle.equals(Handle.ENDORSEMENT) || isNull(handle);
            case PROVISION -> isProvision(handle);
            case CLEAR -> handle.equals(Handle.LOCKOUT) || handle.equals(Handle.PLATFORM);
            case LOCKOUT -> handle.equals(Handle.LOCKOUT);
            case NV_AUTH -> isProvision(handle) || isNv(handle);
            case NV_INDEX, NV_DEFINED_INDEX -> isNv(handle);
        };
    }

    private static boolean isNull(Handle handle) {
        return handle.equals(Handle.NULL);
    }

    private static boolean isProvision(Handle handle) {
        return handle.equals(Handle.OWNER) || handle.equals(Handle.PLATFORM);
    }

    private static boolean isHierarchy(Handle handle) {
        return isProvision(handle) || handle.equals(Handle.ENDORSEMENT);
    }

    /** An Authenticated Countdown Timer; the type allows it, though libtpms has none. */
    private static boolean isAct(Handle handle) {
        return handle.value() >= 0x4000_0110 && handle.value() <= 0x4000_011F;
    }

    /** A vendor's authorization; the type allows it, though libtpms has none. */
    private static boolean isVendorAuth(Handle handle) {
        return handle.value() >= 0x4000_0010 && handle.value() <= 0x4000_010F;
    }

    private static boolean isTransient(Handle handle) {
        return handle.type() == Handle.TYPE_TRANSIENT && handle.index() < TpmLimits.MAX_LOADED_OBJECTS;
    }

    private static boolean isObject(Handle handle) {
        return isTransient(handle) || handle.type() == Handle.TYPE_PERSISTENT;
    }

    private static boolean isNv(Handle handle) {
        return handle.type() == Handle.TYPE_NV_INDEX;
    }

    private static boolean isPcr(Handle handle) {
        return handle.type() == Handle.TYPE_PCR && handle.index() < PCR_COUNT;
    }

    private static boolean isSession(Handle handle, int type) {
        return handle.isSession() && handle.type() == type;
    }

    private static boolean isContext(Handle handle) {
        return handle.isSession() || isTransient(handle);
    }

    private static boolean isEntity(Handle handle) {
        return isHierarchy(handle)
                || handle.equals(Handle.LOCKOUT)
                || isObject(handle)
                || isNv(handle)
                || isPcr(handle)
                || isVendorAuth(handle);
    }
}
