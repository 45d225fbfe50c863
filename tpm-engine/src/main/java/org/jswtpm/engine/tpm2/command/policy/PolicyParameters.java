package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CPHASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Restriction;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PolicyParameters: the policy authorizes one command with these parameters only, with any handles.
 *
 * <p>Part 3, 23.26. Answers SIZE at parameter 1 for what is no digest of the session's algorithm, and CPHASH if the session is
 * restricted already.
 */
public final class PolicyParameters implements Command<PolicyParameters.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int P_HASH = 1;

    record In(Handle policySession, Bytes pHash) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), in.at(P_HASH).sized2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        byte[] pHash = in.pHash.toArray();
        check(pHash.length == session.authHash().digestSize(), SIZE.parameter(P_HASH));
        check(session.restriction() == Restriction.NONE, CPHASH);
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_PARAMETERS.code()).update(pHash));
        session.restrict(Restriction.PARAMETERS_HASH, pHash);
        return null;
    }
}
