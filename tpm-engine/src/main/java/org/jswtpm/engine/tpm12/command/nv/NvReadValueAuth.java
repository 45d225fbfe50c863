package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_NV_ReadValueAuth: reads an area by its own authorization.
 *
 * <p>Part 3, 20.5. TPM_BADINDEX, TPM_AUTH_CONFLICT, TPM_AUTHFAIL, TPM_BAD_PRESENCE, TPM_WRONGPCRVAL, TPM_DISABLED_CMD,
 * TPM_NOSPACE.
 */
public final class NvReadValueAuth implements Command<NvReadValueAuth.In, Bytes> {
    record In(int nvIndex, int offset, int dataSize) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.uint32(), in.uint32());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        NvArea area = tpm.nv().get(in.nvIndex);
        check(area.permission().has(NvPermission.AUTHREAD), AUTH_CONFLICT);
        auth.first().byNvArea(area);
        NvUse.checkPresence(area, NvPermission.PPREAD, tpm);
        tpm.pcrs().check(area.publicArea().pcrInfoRead(), tpm.locality());
        check(!area.isReadLocked(), DISABLED_CMD);
        return NvUse.read(area, in.offset, in.dataSize);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
