package org.jswtpm.engine.tpm12.command.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DELEGATE_LOCK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegationTables;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Delegate_Manage: makes a family of delegations, enables, locks or ends it.
 *
 * <p>Part 3, 19.1. TPM_BADINDEX, TPM_AUTHFAIL, TPM_DELEGATE_FAMILY, TPM_DELEGATE_LOCK, TPM_MAXNVWRITES, TPM_RESOURCES,
 * TPM_BAD_PARAM_SIZE, TPM_BAD_PARAMETER.
 */
public final class DelegateManage implements Command<DelegateManage.In, Bytes> {
    private static final int CREATE = 1;
    private static final int ENABLE = 2;
    private static final int ADMIN = 3;
    private static final int INVALIDATE = 4;

    record In(int familyId, int opCode, Bytes opData) {
        boolean isCreation() {
            return opCode == CREATE;
        }
    }

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.uint32(), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        FamilyRow family = in.isCreation() ? FamilyRow.NONE : tpm.delegations().familyOf(in.familyId);
        if (auth.isAny()) {
            auth.first().byOwner();
            if (!in.isCreation()) {
                Delegates.checkFamilyOfOwner(in.familyId, tpm, auth);
            }
        } else {
            check(!tpm.permanent().isOwnerInstalled(), AUTHFAIL);
            check(in.isCreation() || !family.has(FamilyRow.DELEGATE_ADMIN_LOCK), DELEGATE_LOCK);
            Delegates.checkNoOwnerWrite(tpm);
        }
        Delegates.forgetDelegates(tpm); // libtpms does so also if the rest fails
        Bytes retData = manage(in, family, tpm.delegations());
        if (!auth.isAny()) {
            Delegates.countNoOwnerWrite(tpm);
        }
        tpm.nvChanged();
        return retData;
    }

    private static Bytes manage(In in, FamilyRow family, DelegationTables tables) {
        switch (in.opCode) {
            case CREATE -> {
                tables.freeFamilyIndex();
                checkSize(in);
                return new WireWriter()
                        .uint32(tables.addFamily(in.opData.get(0)))
                        .toBytes();
            }
            case ENABLE -> tables.replaceFamily(in.familyId, family.with(FamilyRow.ENABLED, flag(in)));
            case ADMIN -> tables.replaceFamily(in.familyId, family.with(FamilyRow.DELEGATE_ADMIN_LOCK, flag(in)));
            case INVALIDATE -> tables.replaceFamily(in.familyId, FamilyRow.NONE);
            default -> throw BAD_PARAMETER.exception();
        }
        return Bytes.EMPTY;
    }

    private static boolean flag(In in) {
        checkSize(in);
        return in.opData.get(0) != 0;
    }

    private static void checkSize(In in) {
        check(in.opData.size() == 1, BAD_PARAM_SIZE);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
