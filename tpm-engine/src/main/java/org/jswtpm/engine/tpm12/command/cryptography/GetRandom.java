package org.jswtpm.engine.tpm12.command.cryptography;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetRandom: random octets, not more than a response holds.
 *
 * <p>Part 3, 13.6.
 */
public final class GetRandom implements Command<GetRandom.In, Bytes> {
    /** The header and the size. */
    private static final int RESPONSE_HEAD_SIZE = 14;

    record In(int bytesRequested) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        int max = tpm.bufferSize() - RESPONSE_HEAD_SIZE;
        int size = Integer.compareUnsigned(in.bytesRequested, max) > 0 ? max : in.bytesRequested;
        return Bytes.wrap(tpm.random().generate(size));
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
