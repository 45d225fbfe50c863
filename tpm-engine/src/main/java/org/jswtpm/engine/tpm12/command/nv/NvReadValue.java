package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_NV_ReadValue: reads an area, by the owner's authorization or by none.
 *
 * <p>Part 3, 20.4. TPM_BADINDEX, TPM_AUTH_CONFLICT, TPM_BAD_PRESENCE, TPM_DISABLED_CMD, TPM_WRONGPCRVAL, TPM_NOSPACE. As long as
 * NV is not locked, almost nothing is asked for.
 */
public final class NvReadValue implements Command<NvReadValue.In, Bytes> {
    record In(int nvIndex, int offset, int dataSize) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.uint32(), in.uint32());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        boolean isLocked = tpm.permanentFlags().is(PermanentFlag.NV_LOCKED);
        if (in.nvIndex == NvMemory.INDEX_DIR) {
            authorize(isLocked, auth);
            return readDir(in, tpm);
        }
        NvArea area = tpm.nv().get(in.nvIndex);
        boolean isOwners = area.permission().has(NvPermission.OWNERREAD);
        NvUse.checkOpenToOwner(isOwners, tpm, auth);
        check(!auth.isAny() || isOwners, AUTH_CONFLICT);
        authorize(isLocked, auth);
        if (!auth.isAny()) {
            check(!area.permission().has(NvPermission.AUTHREAD), AUTH_CONFLICT);
            check(!isLocked || !isOwners, AUTH_CONFLICT);
        }
        if (isLocked) {
            NvUse.checkPresence(area, NvPermission.PPREAD, tpm);
            check(!area.isReadLocked(), DISABLED_CMD);
            tpm.pcrs().check(area.publicArea().pcrInfoRead(), tpm.locality());
        }
        return NvUse.read(area, in.offset, in.dataSize);
    }

    /** As long as NV is not locked, libtpms looks for the session and does not look at the HMAC. */
    private static void authorize(boolean isLocked, Authorizations auth) {
        if (auth.isAny()) {
            auth.first().selectOwner(false);
            if (isLocked) {
                auth.first().verify();
            }
        }
    }

    private static Bytes readDir(In in, TpmState tpm) {
        long end = Integer.toUnsignedLong(in.offset) + Integer.toUnsignedLong(in.dataSize);
        check(end <= TpmLimits.DIGEST_SIZE, NOSPACE);
        return tpm.permanent().authDir().slice(in.offset, in.dataSize);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
