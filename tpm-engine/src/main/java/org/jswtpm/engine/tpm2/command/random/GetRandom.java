package org.jswtpm.engine.tpm2.command.random;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetRandom: random octets, at most as many as the longest digest has.
 *
 * <p>Part 3, 16.1.
 */
public final class GetRandom implements Command<GetRandom.In, GetRandom.Out> {
    private static final int BYTES_REQUESTED = 1;

    record In(int bytesRequested) {}

    record Out(byte[] randomBytes) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(in.at(BYTES_REQUESTED).uint16());
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        byte[] random = new byte[Math.min(in.bytesRequested, TpmLimits.MAX_DIGEST_SIZE)];
        tpm.random().generate(random);
        return new Out(random);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint16(out.randomBytes.length).octets(out.randomBytes);
    }
}
