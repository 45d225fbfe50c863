package org.jswtpm.engine.tpm2.command.attestation;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Certify: an object is loaded in this TPM.
 *
 * <p>Part 3, 18.2. Answers KEY at handle 2, SCHEME at parameter 2, and VALUE for a commitment that does not exist.
 */
public final class Certify implements Command<Certify.In, Attestation.Signed> {
    private static final int OBJECT_HANDLE = 1;
    private static final int SIGN_HANDLE = 2;
    private static final int QUALIFYING_DATA = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle objectHandle, Handle signHandle, Bytes qualifyingData, TpmtAsymScheme inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(OBJECT_HANDLE),
                handles.get(SIGN_HANDLE),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()));
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        SlotObject certified = tpm.objects().get(in.objectHandle);
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        // by the Qualified Name one could tell that two keys are of one TPM
        Bytes qualifiedName = attestation.isAnonymous() ? Bytes.EMPTY : certified.qualifiedName();
        return attestation.sign(new TpmuAttest.Certify(certified.name(), qualifiedName), in.qualifyingData, tpm);
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
