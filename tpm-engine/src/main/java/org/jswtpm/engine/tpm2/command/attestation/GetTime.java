package org.jswtpm.engine.tpm2.command.attestation;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetTime: what Time and Clock are, without obfuscation, since the endorsement hierarchy authorizes it.
 *
 * <p>Part 3, 18.7. Answers KEY at handle 2 and SCHEME at parameter 2.
 */
public final class GetTime implements Command<GetTime.In, Attestation.Signed> {
    private static final int SIGN_HANDLE = 2;
    private static final int QUALIFYING_DATA = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle signHandle, Bytes qualifyingData, TpmtAsymScheme inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()));
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        TpmuAttest time = new TpmuAttest.Time(tpm.timeInfo(), TpmIdentity.FIRMWARE_VERSION);
        return attestation.sign(time, in.qualifyingData, tpm);
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
