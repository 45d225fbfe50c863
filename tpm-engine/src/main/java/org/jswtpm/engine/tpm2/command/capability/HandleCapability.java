package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/**
 * The lists of handles: TPM_CAP_HANDLES and _AUTH_POLICIES.
 *
 * @param tpm whose handles
 * @param list takes them
 */
record HandleCapability(TpmState tpm, CapabilityList list) {
    static final int FIRST_HMAC_SESSION = Handle.TYPE_HMAC_SESSION << 24;
    static final int FIRST_TRANSIENT = Handle.TYPE_TRANSIENT << 24;
    private static final Handle[] PERMANENT = {
        Handle.OWNER,
        Handle.NULL,
        Handle.PASSWORD,
        Handle.LOCKOUT,
        Handle.ENDORSEMENT,
        Handle.PLATFORM,
        Handle.PLATFORM_NV
    };
    private static final Handle[] WITH_POLICY = {Handle.OWNER, Handle.LOCKOUT, Handle.ENDORSEMENT, Handle.PLATFORM};

    /** Adds the handles from {@code first} that have its type; TPM_RC_HANDLE for types without handles. */
    void add(Handle first, int parameter) {
        switch (first.type()) {
            case Handle.TYPE_PCR -> addPcrs(first.index());
            case Handle.TYPE_NV_INDEX, Handle.TYPE_PERSISTENT -> addFromNv(first);
            // as a list, the types of HMAC and policy sessions mean loaded and saved ones
            case Handle.TYPE_HMAC_SESSION -> addLoadedSessions(first.index());
            case Handle.TYPE_POLICY_SESSION -> addSavedSessions(first.index());
            case Handle.TYPE_PERMANENT -> addPermanent(first);
            case Handle.TYPE_TRANSIENT -> addTransient(first.index());
            default -> throw TpmRc.HANDLE.parameter(parameter).exception();
        }
    }

    private void addPcrs(int first) {
        for (int pcr = first; pcr < PcrBanks.COUNT && list.add(pcr); pcr++) {
            // the list takes them
        }
    }

    private void addFromNv(Handle first) {
        for (int handle : tpm.nv().handles(first.type())) {
            if (Integer.compareUnsigned(handle, first.value()) >= 0 && !list.add(handle)) {
                return;
            }
        }
    }

    private void addLoadedSessions(int first) {
        for (int i = first; i < SessionSlots.MAX_ACTIVE; i++) {
            Handle handle = new Handle(FIRST_HMAC_SESSION | i);
            if (tpm.sessions().isLoaded(handle)) {
                boolean isPolicy = tpm.sessions().get(handle).isPolicy();
                if (!list.add((isPolicy ? Handle.TYPE_POLICY_SESSION << 24 : FIRST_HMAC_SESSION) | i)) {
                    return;
                }
            }
        }
    }

    private void addSavedSessions(int first) {
        for (int i = first; i < SessionSlots.MAX_ACTIVE; i++) {
            int handle = FIRST_HMAC_SESSION | i;
            if (tpm.sessions().isSaved(new Handle(handle)) && !list.add(handle)) {
                return;
            }
        }
    }

    private void addPermanent(Handle first) {
        for (Handle handle : PERMANENT) {
            if (handle.value() >= first.value() && !list.add(handle.value())) {
                return;
            }
        }
    }

    /** Whether {@code handle} is one of the permanent ones. */
    static boolean isPermanent(Handle handle) {
        for (Handle permanent : PERMANENT) {
            if (permanent.equals(handle)) {
                return true;
            }
        }
        return false;
    }

    private void addTransient(int first) {
        for (int i = first; i < TpmLimits.MAX_LOADED_OBJECTS; i++) {
            int handle = FIRST_TRANSIENT | i;
            if (tpm.objects().isPresent(new Handle(handle)) && !list.add(handle)) {
                return;
            }
        }
    }

    /** Adds the policies of the permanent handles from {@code first}; TPM_ALG_NULL and no digest where there is none. */
    void addPolicies(int first) {
        for (Handle handle : WITH_POLICY) {
            if (handle.value() >= first) {
                if (!list.next()) {
                    return;
                }
                handle.marshal(list.out());
                tpm.hierarchies().policyAlg(handle).marshal(list.out());
                list.out().bytes(tpm.hierarchies().policy(handle));
            }
        }
    }
}
