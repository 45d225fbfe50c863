package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TICKET;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM2_PolicyTicket: repeats what TPM2_PolicySigned or TPM2_PolicySecret did, proven by the ticket that it gave.
 *
 * <p>Part 3, 23.5. Answers ATTRIBUTES at handle 1 for a trial session, SIZE at parameter 1 for a timeout that this TPM did not
 * make, EXPIRED at parameter 1, SIZE at parameter 2, CPHASH, and TICKET at parameter 5.
 */
public final class PolicyTicket implements Command<PolicyTicket.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int TIMEOUT = 1;
    private static final int CP_HASH_A = 2;
    private static final int POLICY_REF = 3;
    private static final int AUTH_NAME = 4;
    private static final int TICKET_PARAMETER = 5;

    record In(Handle policySession, Bytes timeout, Bytes cpHashA, Bytes policyRef, Bytes authName, TpmtTicket ticket) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(TIMEOUT).sized2(Long.BYTES),
                in.at(CP_HASH_A).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(POLICY_REF).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(AUTH_NAME).sized2(TpmLimits.MAX_NAME_SIZE),
                TpmtTicket.unmarshalAuth(in.at(TICKET_PARAMETER)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(!session.isTrial(), ATTRIBUTES.handle(POLICY_SESSION));
        check(in.timeout.size() == Long.BYTES, SIZE.parameter(TIMEOUT));
        long given = WireReader.over(in.timeout, TpmRc.WIRE_FAULTS).uint64();
        PolicyGrant grant = new PolicyGrant(in.authName, in.cpHashA, in.policyRef, PolicyGrant.timeoutOf(given));
        grant.validate(session, tpm, TIMEOUT, CP_HASH_A);
        StructureTag tag = in.ticket.tag();
        TpmtTicket right = grant.ticket(tag, in.ticket.hierarchy(), PolicyGrant.expiresOnReset(given), tpm);
        check(in.ticket.hasDigestOf(right), TICKET.parameter(TICKET_PARAMETER));
        grant.apply(session, tag == StructureTag.AUTH_SIGNED ? CommandCode.POLICY_SIGNED : CommandCode.POLICY_SECRET);
        return null;
    }
}
