package org.jswtpm.engine.tpm12.command.integrity;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_PCRRead: the value of a PCR.
 *
 * <p>Part 3, 16.2. TPM_BADINDEX.
 */
public final class PcrRead implements Command<PcrRead.In, Bytes> {
    record In(int pcrIndex) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        return tpm.pcrs().read(in.pcrIndex);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
