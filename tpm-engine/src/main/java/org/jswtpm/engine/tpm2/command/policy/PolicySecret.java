package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PolicySecret: an entity agrees, by its auth value, which authorizes this command.
 *
 * <p>Part 3, 23.4. Answers NONCE at parameter 1 for another nonce than that of the session, EXPIRED at parameter 4 for a time
 * that is over, SIZE at parameter 2 for what is no digest of the session's algorithm, and CPHASH if the session is restricted to
 * another command already.
 */
public final class PolicySecret implements Command<PolicySecret.In, PolicyGrant.Proof> {
    private static final int AUTH_HANDLE = 1;
    private static final int POLICY_SESSION = 2;
    private static final int NONCE_TPM = 1;
    private static final int CP_HASH_A = 2;
    private static final int POLICY_REF = 3;
    private static final int EXPIRATION = 4;

    record In(
            Handle authHandle, Handle policySession, Bytes nonceTpm, Bytes cpHashA, Bytes policyRef, int expiration) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(AUTH_HANDLE),
                handles.get(POLICY_SESSION),
                in.at(NONCE_TPM).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(CP_HASH_A).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(POLICY_REF).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(EXPIRATION).uint32());
    }

    @Override
    public PolicyGrant.Proof execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        Entity entity = tpm.entities().of(in.authHandle);
        boolean isTrial = session.isTrial();
        long timeout = isTrial ? 0 : PolicyGrant.timeout(in.expiration, in.nonceTpm, session, tpm);
        PolicyGrant grant = new PolicyGrant(entity.name(), in.cpHashA, in.policyRef, timeout);
        if (!isTrial) {
            PolicyGrant.checkNonce(in.nonceTpm, session, NONCE_TPM);
            grant.validate(session, tpm, EXPIRATION, CP_HASH_A);
        }
        grant.apply(session, CommandCode.POLICY_SECRET);
        if (in.expiration >= 0 || isTrial || tpm.entities().isPinPass(in.authHandle)) {
            return PolicyGrant.Proof.none(StructureTag.AUTH_SECRET);
        }
        Handle hierarchy = tpm.entities().hierarchyOf(in.authHandle);
        return grant.prove(StructureTag.AUTH_SECRET, hierarchy, in.nonceTpm.isEmpty(), tpm);
    }

    @Override
    public void marshal(PolicyGrant.Proof out, WireWriter response) {
        out.marshal(response);
    }
}
