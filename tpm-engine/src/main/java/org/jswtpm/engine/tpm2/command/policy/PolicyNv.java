package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PolicyNV: the content of an NV Index fulfills a condition, now.
 *
 * <p>Part 3, 23.9. Answers what forbids to read the Index (NV_LOCKED, NV_AUTHORIZATION, NV_UNINITIALIZED), VALUE at parameter 2 for
 * an offset behind its data, SIZE at parameter 1 for an operand that goes beyond them, and POLICY if the condition does not hold.
 */
public final class PolicyNv implements Command<PolicyNv.In, Void> {
    private static final int AUTH_HANDLE = 1;
    private static final int NV_INDEX = 2;
    private static final int POLICY_SESSION = 3;
    private static final int OPERAND_B = 1;
    private static final int OFFSET = 2;
    private static final int OPERATION = 3;

    record In(
            Handle authHandle,
            Handle nvIndex,
            Handle policySession,
            Bytes operandB,
            int offset,
            Comparison operation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(AUTH_HANDLE),
                handles.get(NV_INDEX),
                handles.get(POLICY_SESSION),
                in.at(OPERAND_B).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(OFFSET).uint16(),
                Comparison.unmarshal(in.at(OPERATION)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        NvIndex index = tpm.nv().index(in.nvIndex);
        byte[] operandB = in.operandB.toArray();
        if (!session.isTrial()) {
            index.checkReadAccess(in.authHandle);
            check(in.offset <= index.dataSize(), VALUE.parameter(OFFSET));
            check(operandB.length <= index.dataSize() - in.offset, SIZE.parameter(OPERAND_B));
            byte[] operandA = index.read(in.offset, operandB.length).toArray();
            check(in.operation.holds(operandA, operandB), POLICY);
        }
        byte[] arguments = in.operation.digest(session.authHash(), operandB, in.offset);
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_NV.code())
                .update(arguments)
                .update(index.name().toArray()));
        return null;
    }
}
