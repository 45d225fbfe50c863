package org.jswtpm.engine.tpm12.command.cryptography;

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
 * TPM_SHA1CompleteExtend: adds the last octets, and extends a PCR by the digest.
 *
 * <p>Part 3, 13.4. TPM_SHA_ERROR, TPM_SHA_THREAD, TPM_BADINDEX, TPM_BAD_LOCALITY.
 */
public final class Sha1CompleteExtend implements Command<Sha1CompleteExtend.In, Bytes> {
    record In(int pcrNum, Bytes hashData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        Bytes digest = Sha1Complete.complete(tpm.sha1Thread(), in.hashData);
        Bytes value = tpm.pcrs().extend(in.pcrNum, digest, tpm.locality());
        boolean isSilent = tpm.permanentFlags().is(PermanentFlag.DISABLE)
                || tpm.stclearFlags().is(StclearFlag.DEACTIVATED);
        return digest.then(isSilent ? Bytes.zeros(TpmLimits.DIGEST_SIZE) : value);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
