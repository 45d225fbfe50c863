package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PolicyAuthorize: a key approves the policy so far; that its signature was verified is told by a ticket.
 *
 * <p>Part 3, 23.16. Answers SIZE or HASH at parameter 3 for what cannot be the Name of a key, VALUE at parameter 1 if another policy
 * is approved, and VALUE at parameter 4 for a ticket that is not for this approval.
 */
public final class PolicyAuthorize implements Command<PolicyAuthorize.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int APPROVED_POLICY = 1;
    private static final int POLICY_REF = 2;
    private static final int KEY_SIGN = 3;
    private static final int CHECK_TICKET = 4;

    record In(Handle policySession, Bytes approvedPolicy, Bytes policyRef, Bytes keySign, TpmtTicket checkTicket) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(APPROVED_POLICY).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(POLICY_REF).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(KEY_SIGN).sized2(TpmLimits.MAX_NAME_SIZE),
                TpmtTicket.unmarshalVerified(in.at(CHECK_TICKET)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(in.keySign.size() >= Short.BYTES, SIZE.parameter(KEY_SIGN));
        HashAlg hash = HashAlg.of(in.keySign.get(0) << Byte.SIZE | in.keySign.get(1));
        check(hash != null && !hash.isNull(), TpmRc.HASH.parameter(KEY_SIGN));
        check(in.keySign.size() == Short.BYTES + hash.digestSize(), SIZE.parameter(KEY_SIGN));
        if (!session.isTrial()) {
            check(in.approvedPolicy.equals(session.digest()), VALUE.parameter(APPROVED_POLICY));
            Bytes approval =
                    Bytes.wrap(Hasher.digest(hash.digest(), in.approvedPolicy.toArray(), in.policyRef.toArray()));
            TpmtTicket right =
                    new Tickets(tpm.hierarchies()).verified(in.checkTicket.hierarchy(), approval, in.keySign);
            check(in.checkTicket.hasDigestOf(right), VALUE.parameter(CHECK_TICKET));
        }
        session.clearPolicyDigest();
        PolicyGrant.extend(session, CommandCode.POLICY_AUTHORIZE, in.keySign, in.policyRef);
        return null;
    }
}
