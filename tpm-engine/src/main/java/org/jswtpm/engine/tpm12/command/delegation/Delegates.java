package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DELEGATE_FAMILY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MAXNVWRITES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.Protocol;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/** What delegates may do with delegations, and what all delegation commands have in common (Part 3, 19). */
final class Delegates {
    private Delegates() {}

    /** Whether the first authorization is that of a delegate by TPM_DSAP. */
    static boolean isDelegate(Authorizations auth) {
        return auth.first().session().protocol() == Protocol.DSAP;
    }

    /** A delegate, also one by TPM_SetOwnerPointer, only reaches its own family: else TPM_DELEGATE_FAMILY. */
    static void checkFamilyOfOwner(int familyId, TpmState tpm, Authorizations auth) {
        boolean isPointer = tpm.delegations().ownerReference() != ReservedHandle.OWNER;
        if (isDelegate(auth) || isPointer) {
            check(auth.first().session().delegation().familyId() == familyId, DELEGATE_FAMILY);
        }
    }

    /** A delegate only reaches its own family, and only while that is enabled: TPM_DELEGATE_FAMILY, TPM_DISABLED_CMD. */
    static void checkFamily(FamilyRow family, Authorizations auth) {
        if (isDelegate(auth)) {
            check(auth.first().session().delegation().familyId() == family.familyId(), DELEGATE_FAMILY);
            check(family.has(FamilyRow.ENABLED), DISABLED_CMD);
        }
    }

    /** As {@link #checkFamily}; and a delegate only delegates on what it may do itself: else TPM_AUTHFAIL. */
    static void checkNew(DelegatePublic wanted, FamilyRow family, Authorizations auth) {
        checkFamily(family, auth);
        DelegatePublic own = auth.first().session().delegation();
        check(!isDelegate(auth) || own.permissions().covers(wanted.permissions()), AUTHFAIL);
    }

    /** Before there is an owner NV can be written a limited number of times: TPM_MAXNVWRITES. */
    static void checkNoOwnerWrite(TpmState tpm) {
        check(tpm.permanent().noOwnerNvWrite() < TpmLimits.MAX_NV_WRITE_NOOWNER, MAXNVWRITES);
    }

    /** Counts a write of NV before there is an owner. */
    static void countNoOwnerWrite(TpmState tpm) {
        tpm.permanent().setNoOwnerNvWrite(tpm.permanent().noOwnerNvWrite() + 1);
    }

    /** What was delegated may have changed: ends all bound sessions, and the owner's pointer is the owner again. */
    static void forgetDelegates(TpmState tpm) {
        tpm.authSessions().terminateBound();
        tpm.delegations().setOwnerReference(ReservedHandle.OWNER);
    }
}
