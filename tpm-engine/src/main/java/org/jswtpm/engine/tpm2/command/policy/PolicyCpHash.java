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
 * TPM2_PolicyCpHash: the policy authorizes one command with its parameters only.
 *
 * <p>Part 3, 23.12. Answers SIZE at parameter 1 for what is no digest of the session's algorithm, and CPHASH if the session is
 * restricted to another command, or otherwise, already.
 */
public final class PolicyCpHash implements Command<PolicyCpHash.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int CP_HASH_A = 1;

    record In(Handle policySession, Bytes cpHashA) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), in.at(CP_HASH_A).sized2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        byte[] cpHash = in.cpHashA.toArray();
        check(cpHash.length == session.authHash().digestSize(), SIZE.parameter(CP_HASH_A));
        check(session.canRestrict(Restriction.CP_HASH, cpHash), CPHASH);
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_CP_HASH.code()).update(cpHash));
        session.restrict(Restriction.CP_HASH, cpHash);
        return null;
    }
}
