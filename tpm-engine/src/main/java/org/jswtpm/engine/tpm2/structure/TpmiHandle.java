package org.jswtpm.engine.tpm2.structure;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.wire.WireReader;

/**
 * The interface types TPMI_RH_* and TPMI_DH_* of handles that are parameters (Part 2, 9): a handle that must be of one
 * kind, else TPM_RC_VALUE. {@code orNull} is the '+' of the specification.
 */
public final class TpmiHandle {
    private TpmiHandle() {}

    /** TPMI_RH_HIERARCHY. */
    public static Handle hierarchy(WireReader in, boolean orNull) {
        Handle handle = Handle.unmarshal(in);
        check(isHierarchy(handle) || orNull && handle.equals(Handle.NULL), VALUE);
        return handle;
    }

    /** TPMI_RH_ENABLES without '+'. */
    public static Handle enables(WireReader in) {
        Handle handle = Handle.unmarshal(in);
        check(isHierarchy(handle) || handle.equals(Handle.PLATFORM_NV), VALUE);
        return handle;
    }

    /** TPMI_DH_PERSISTENT. */
    public static Handle persistent(WireReader in) {
        Handle handle = Handle.unmarshal(in);
        check(handle.type() == Handle.TYPE_PERSISTENT, VALUE);
        return handle;
    }

    /** TPMI_DH_CONTEXT. */
    public static Handle context(WireReader in) {
        Handle handle = Handle.unmarshal(in);
        check(
                isSession(handle)
                        || handle.type() == Handle.TYPE_TRANSIENT && handle.index() < TpmLimits.MAX_LOADED_OBJECTS,
                VALUE);
        return handle;
    }

    /** TPMI_DH_SAVED. */
    public static Handle saved(WireReader in) {
        Handle handle = Handle.unmarshal(in);
        check(
                isSession(handle)
                        || handle.equals(TpmsContext.OBJECT)
                        || handle.equals(TpmsContext.SEQUENCE_OBJECT)
                        || handle.equals(TpmsContext.ST_CLEAR_OBJECT),
                VALUE);
        return handle;
    }

    /** Whether {@code handle} is TPM_RH_OWNER, _PLATFORM or _ENDORSEMENT. */
    private static boolean isHierarchy(Handle handle) {
        return switch (handle.value()) {
            case 0x4000_0001, 0x4000_000B, 0x4000_000C -> true;
            default -> false;
        };
    }

    private static boolean isSession(Handle handle) {
        int type = handle.type();
        return (type == Handle.TYPE_HMAC_SESSION || type == Handle.TYPE_POLICY_SESSION)
                && handle.index() < TpmLimits.MAX_ACTIVE_SESSIONS;
    }
}
