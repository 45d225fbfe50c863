package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.command.capability.SingleCapability;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PolicyCapability: what the TPM says of itself fulfills a condition, now.
 *
 * <p>Part 3, 23.25. Answers, but not to a trial, VALUE at parameter 4 for a capability without single elements, HANDLE or VALUE
 * at parameter 5 for a handle of another type, VALUE at parameter 2 for an offset behind the element, SIZE at parameter 1 for
 * an operand that goes beyond it, and POLICY if the condition does not hold; of an element that does not exist only that it
 * is not equal holds.
 */
public final class PolicyCapability implements Command<PolicyCapability.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int OPERAND_B = 1;
    private static final int OFFSET = 2;
    private static final int OPERATION = 3;
    private static final int CAPABILITY = 4;

    record In(Handle policySession, Bytes operandB, int offset, Comparison operation, SingleCapability capability) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(OPERAND_B).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(OFFSET).uint16(),
                Comparison.unmarshal(in.at(OPERATION)),
                SingleCapability.unmarshal(in, CAPABILITY));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        if (!session.isTrial()) {
            checkCondition(in, in.capability.find(tpm));
        }
        Hasher arguments = Hasher.of(session.authHash().digest())
                .update(in.operandB.toArray())
                .updateUint16(in.offset)
                .updateUint16(in.operation.ordinal());
        byte[] digest = in.capability.update(arguments).digest();
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_CAPABILITY.code()).update(digest));
        return null;
    }

    private static void checkCondition(In in, Bytes element) {
        if (element.isEmpty()) {
            check(in.operation == Comparison.NEQ, POLICY);
            return;
        }
        check(in.offset <= element.size(), VALUE.parameter(OFFSET));
        int size = in.operandB.size();
        check(size <= element.size() - in.offset, SIZE.parameter(OPERAND_B));
        byte[] operandA = element.slice(in.offset, size).toArray();
        check(in.operation.holds(operandA, in.operandB.toArray()), POLICY);
    }
}
