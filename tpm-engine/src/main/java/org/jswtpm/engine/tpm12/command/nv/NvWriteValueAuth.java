package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_NV_WriteValueAuth: writes an area by its own authorization.
 *
 * <p>Part 3, 20.3. TPM_BADINDEX, TPM_AUTH_CONFLICT, TPM_AUTHFAIL, TPM_BAD_PRESENCE, TPM_WRONGPCRVAL, TPM_AREA_LOCKED,
 * TPM_NOSPACE, TPM_NOT_FULLWRITE.
 */
public final class NvWriteValueAuth implements Command<NvWriteValueAuth.In, Void> {
    record In(int nvIndex, int offset, Bytes data) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.uint32(), in.sized());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        NvArea area = tpm.nv().get(in.nvIndex);
        check(area.permission().has(NvPermission.AUTHWRITE), AUTH_CONFLICT);
        auth.first().byNvArea(area);
        NvUse.checkPresence(area, NvPermission.PPWRITE, tpm);
        tpm.pcrs().check(area.publicArea().pcrInfoWrite(), tpm.locality());
        NvUse.checkWritable(area, tpm);
        if (NvUse.write(area, in.offset, in.data)) {
            tpm.nvChanged();
        }
        return null;
    }
}
