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
 * TPM2_PolicyTemplate: the policy authorizes the creation of objects from one template only.
 *
 * <p>Part 3, 23.21. Answers CPHASH if the session is restricted to another template, or otherwise, already, and SIZE at
 * parameter 1 for what is no digest of the session's algorithm.
 */
public final class PolicyTemplate implements Command<PolicyTemplate.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int TEMPLATE_HASH = 1;

    record In(Handle policySession, Bytes templateHash) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), in.at(TEMPLATE_HASH).sized2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        byte[] templateHash = in.templateHash.toArray();
        check(session.canRestrict(Restriction.TEMPLATE_HASH, templateHash), CPHASH);
        check(templateHash.length == session.authHash().digestSize(), SIZE.parameter(TEMPLATE_HASH));
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_TEMPLATE.code()).update(templateHash));
        session.restrict(Restriction.TEMPLATE_HASH, templateHash);
        return null;
    }
}
