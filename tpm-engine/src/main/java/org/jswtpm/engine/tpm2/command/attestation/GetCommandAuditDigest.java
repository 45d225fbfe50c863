package org.jswtpm.engine.tpm2.command.attestation;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.audit.CommandAudit;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetCommandAuditDigest: which audited commands were executed. If a key signs that, the digest starts over.
 *
 * <p>Part 3, 18.6. Answers KEY at handle 2 and SCHEME at parameter 2.
 */
public final class GetCommandAuditDigest implements Command<GetCommandAuditDigest.In, Attestation.Signed> {
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
        CommandAudit audit = tpm.audit();
        TpmuAttest.CommandAudit info = new TpmuAttest.CommandAudit(
                audit.counter(), audit.hash(), Bytes.copyOf(audit.digest()), Bytes.wrap(audit.commandDigest()));
        Attestation.Signed signed = attestation.sign(info, in.qualifyingData, tpm);
        if (attestation.key().isPresent()) {
            audit.resetDigest();
        }
        return signed;
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
