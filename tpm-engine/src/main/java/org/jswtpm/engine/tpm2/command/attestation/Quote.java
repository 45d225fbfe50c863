package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Quote: PCRs have certain values.
 *
 * <p>Part 3, 18.4. Answers KEY at handle 1 and SCHEME at parameter 2; SCHEME too for TPM_RH_NULL, which leaves no algorithm for the
 * digest of the PCRs.
 */
public final class Quote implements Command<Quote.In, Attestation.Signed> {
    private static final int SIGN_HANDLE = 1;
    private static final int QUALIFYING_DATA = 1;
    private static final int IN_SCHEME = 2;
    private static final int PCR_SELECT = 3;

    record In(Handle signHandle, Bytes qualifyingData, TpmtAsymScheme inScheme, List<PcrSelection> pcrSelect) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()),
                PcrSelection.unmarshalList(in.at(PCR_SELECT), in.algorithms()));
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        check(!attestation.hash().isNull(), SCHEME.parameter(IN_SCHEME));
        List<PcrSelection> selected = tpm.pcrs().filter(in.pcrSelect);
        Bytes digest = tpm.pcrs().digest(attestation.hash(), selected);
        return attestation.sign(new TpmuAttest.Quote(selected, digest), in.qualifyingData, tpm);
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
