package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.signing.Verifier;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PolicySigned: a key agrees, by a signature of what it agrees to.
 *
 * <p>Part 3, 23.3. Answers NONCE at parameter 1, EXPIRED at parameter 4, SIZE at parameter 2 and CPHASH as TPM2_PolicySecret does;
 * then SCHEME, HANDLE or SIGNATURE at parameter 5.
 */
public final class PolicySigned implements Command<PolicySigned.In, PolicyGrant.Proof> {
    private static final int AUTH_OBJECT = 1;
    private static final int POLICY_SESSION = 2;
    private static final int NONCE_TPM = 1;
    private static final int CP_HASH_A = 2;
    private static final int POLICY_REF = 3;
    private static final int EXPIRATION = 4;
    private static final int AUTH = 5;

    record In(
            Handle authObject,
            Handle policySession,
            Bytes nonceTpm,
            Bytes cpHashA,
            Bytes policyRef,
            int expiration,
            TpmtSignature auth) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(AUTH_OBJECT),
                handles.get(POLICY_SESSION),
                in.at(NONCE_TPM).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(CP_HASH_A).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(POLICY_REF).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(EXPIRATION).uint32(),
                TpmtSignature.unmarshal(in.at(AUTH), in.algorithms()));
    }

    @Override
    public PolicyGrant.Proof execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        Bytes entityName = tpm.entities().of(in.authObject).name();
        boolean isTrial = session.isTrial();
        long timeout = isTrial ? 0 : PolicyGrant.timeout(in.expiration, in.nonceTpm, session, tpm);
        PolicyGrant grant = new PolicyGrant(entityName, in.cpHashA, in.policyRef, timeout);
        if (!isTrial) {
            PolicyGrant.checkNonce(in.nonceTpm, session, NONCE_TPM);
            grant.validate(session, tpm, EXPIRATION, CP_HASH_A);
            // nobody but the maker of an ECDAA signature's credential can verify it
            check(in.auth.sigAlg() != AlgId.ECDAA, SCHEME.parameter(AUTH));
            TpmObject key = tpm.objects().object(in.authObject, SCHEME.parameter(AUTH));
            Verifier.verify(key, signedDigest(in), in.auth, AUTH, tpm.profile());
        }
        grant.apply(session, CommandCode.POLICY_SIGNED);
        if (in.expiration >= 0 || isTrial) {
            return PolicyGrant.Proof.none(StructureTag.AUTH_SIGNED);
        }
        Handle hierarchy = tpm.entities().hierarchyOf(in.authObject);
        return grant.prove(StructureTag.AUTH_SIGNED, hierarchy, in.nonceTpm.isEmpty(), tpm);
    }

    /** aHash: what the key agrees to. */
    private static byte[] signedDigest(In in) {
        return Hasher.of(in.auth.hash().digest())
                .update(in.nonceTpm.toArray())
                .updateUint32(in.expiration)
                .update(in.cpHashA.toArray())
                .update(in.policyRef.toArray())
                .digest();
    }

    @Override
    public void marshal(PolicyGrant.Proof out, WireWriter response) {
        out.marshal(response);
    }
}
