package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetSessionAuditDigest: which commands were executed under the audit of a session.
 *
 * <p>Part 3, 18.5. Answers KEY at handle 2, SCHEME at parameter 2, and TYPE at handle 3 for a session that audits nothing.
 */
public final class GetSessionAuditDigest implements Command<GetSessionAuditDigest.In, Attestation.Signed> {
    private static final int SIGN_HANDLE = 2;
    private static final int SESSION_HANDLE = 3;
    private static final int QUALIFYING_DATA = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle signHandle, Handle sessionHandle, Bytes qualifyingData, TpmtAsymScheme inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                handles.get(SESSION_HANDLE),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()));
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        Session session = tpm.sessions().get(in.sessionHandle);
        check(session.isAudit(), TYPE.handle(SESSION_HANDLE));
        boolean exclusive = tpm.sessions().exclusiveAudit().equals(in.sessionHandle);
        return attestation.sign(new TpmuAttest.SessionAudit(exclusive, session.digest()), in.qualifyingData, tpm);
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
