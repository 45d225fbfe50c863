package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MAXNVWRITES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOT_FULLWRITE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_NV_WriteValue: writes an area, by the owner's authorization or by none.
 *
 * <p>Part 3, 20.2. TPM_BADINDEX, TPM_AUTH_CONFLICT, TPM_MAXNVWRITES, TPM_BAD_PRESENCE, TPM_AREA_LOCKED, TPM_WRONGPCRVAL,
 * TPM_NOSPACE, TPM_NOT_FULLWRITE. As long as NV is not locked, almost nothing is asked for.
 */
public final class NvWriteValue implements Command<NvWriteValue.In, Void> {
    record In(int nvIndex, int offset, Bytes data) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.uint32(), in.sized());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        boolean isChanged = switch (in.nvIndex) {
            case NvMemory.INDEX_0 -> lockAll(in, tpm, auth);
            case NvMemory.INDEX_DIR -> writeDir(in, tpm, auth);
            default -> writeArea(in, tpm, auth);
        };
        if (isChanged) {
            if (!auth.isAny()) {
                tpm.permanent().setNoOwnerNvWrite(tpm.permanent().noOwnerNvWrite() + 1);
            }
            tpm.nvChanged();
        }
        return null;
    }

    private static boolean lockAll(In in, TpmState tpm, Authorizations auth) {
        if (auth.isAny()) {
            auth.first().byOwner();
        }
        check(in.data.isEmpty(), BADINDEX);
        tpm.stclearFlags().set(StclearFlag.GLOBAL_LOCK, true);
        return false;
    }

    private static boolean writeDir(In in, TpmState tpm, Authorizations auth) {
        NvUse.checkOpenToOwner(true, tpm, auth);
        authorize(true, tpm, auth);
        if (in.data.isEmpty()) {
            return false;
        }
        check(in.offset == 0 && in.data.size() == TpmLimits.DIGEST_SIZE, NOT_FULLWRITE);
        tpm.permanent().setAuthDir(in.data);
        return true;
    }

    private static boolean writeArea(In in, TpmState tpm, Authorizations auth) {
        NvArea area = tpm.nv().get(in.nvIndex);
        boolean isOwners = area.permission().has(NvPermission.OWNERWRITE);
        NvUse.checkOpenToOwner(isOwners, tpm, auth);
        check(!auth.isAny() || isOwners, AUTH_CONFLICT);
        authorize(isOwners, tpm, auth);
        check(!area.permission().has(NvPermission.AUTHWRITE), AUTH_CONFLICT);
        if (tpm.permanentFlags().is(PermanentFlag.NV_LOCKED)) {
            NvUse.checkPresence(area, NvPermission.PPWRITE, tpm);
            NvUse.checkWritable(area, tpm);
            tpm.pcrs().check(area.publicArea().pcrInfoWrite(), tpm.locality());
        }
        return NvUse.write(area, in.offset, in.data);
    }

    /** Without authorization there is a limit to how often a TPM can be written to. */
    private static void authorize(boolean isOwners, TpmState tpm, Authorizations auth) {
        if (auth.isAny()) {
            auth.first().byOwner();
            return;
        }
        check(!isOwners || !tpm.permanentFlags().is(PermanentFlag.NV_LOCKED), AUTH_CONFLICT);
        int writes = tpm.permanent().noOwnerNvWrite() + 1;
        check(Integer.compareUnsigned(writes, TpmLimits.MAX_NV_WRITE_NOOWNER) <= 0, MAXNVWRITES);
    }
}
