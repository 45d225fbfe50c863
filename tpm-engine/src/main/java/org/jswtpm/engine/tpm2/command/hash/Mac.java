package org.jswtpm.engine.tpm2.command.hash;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiAlg;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_MAC, which is TPM2_HMAC for more than HMAC and has its code: the MAC of one buffer.
 *
 * <p>Part 3, 15.6. The faults are those of {@link MacAlgorithm#select}.
 */
public final class Mac implements Command<Mac.In, Mac.Out> {
    private static final int HANDLE = 1;
    private static final int BUFFER = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle handle, Bytes buffer, AlgId inScheme) {}

    record Out(byte[] outMac) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(HANDLE),
                in.at(BUFFER).sized2(TpmLimits.MAX_DIGEST_BUFFER),
                TpmiAlg.macScheme(in.at(IN_SCHEME), in.algorithms(), true));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        SequenceState mac =
                MacAlgorithm.select(in.handle, in.inScheme, IN_SCHEME, tpm).begin();
        mac.update(in.buffer.toArray());
        return new Out(mac.complete());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint16(out.outMac.length).octets(out.outMac);
    }
}
