package org.jswtpm.engine.tpm12.command.integrity;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Extend: extends a PCR by a digest.
 * The new value is not told by a TPM that is disabled or deactivated.
 *
 * <p>Part 3, 16.1. TPM_BADINDEX, TPM_BAD_LOCALITY.
 */
public final class Extend implements Command<Extend.In, Bytes> {
    record In(int pcrNum, Bytes inDigest) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.digest());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        Bytes value = tpm.pcrs().extend(in.pcrNum, in.inDigest, tpm.locality());
        return isSilent(tpm) ? Bytes.zeros(TpmLimits.DIGEST_SIZE) : value;
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }

    private static boolean isSilent(TpmState tpm) {
        return tpm.permanentFlags().is(PermanentFlag.DISABLE)
                || tpm.stclearFlags().is(StclearFlag.DEACTIVATED);
    }
}
