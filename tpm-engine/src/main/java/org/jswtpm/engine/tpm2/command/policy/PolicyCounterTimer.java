package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PolicyCounterTimer: what the TPM's clocks and counters say fulfills a condition, now.
 *
 * <p>Part 3, 23.10. Answers VALUE at parameter 2 for an offset behind TPMS_TIME_INFO, RANGE for an operand that goes beyond it, and
 * POLICY if the condition does not hold.
 */
public final class PolicyCounterTimer implements Command<PolicyCounterTimer.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int OPERAND_B = 1;
    private static final int OFFSET = 2;
    private static final int OPERATION = 3;

    record In(Handle policySession, Bytes operandB, int offset, Comparison operation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(OPERAND_B).sized2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(OFFSET).uint16(),
                Comparison.unmarshal(in.at(OPERATION)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        WireWriter info = new WireWriter();
        tpm.timeInfo().marshal(info);
        check(in.offset <= info.size(), VALUE.parameter(OFFSET));
        check(in.operandB.size() <= info.size() - in.offset, RANGE);
        Session session = tpm.sessions().get(in.policySession);
        byte[] operandA = info.copy(in.offset, in.operandB.size());
        byte[] operandB = in.operandB.toArray();
        check(session.isTrial() || in.operation.holds(operandA, operandB), POLICY);
        byte[] arguments = in.operation.digest(session.authHash(), operandB, in.offset);
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_COUNTER_TIMER.code())
                .update(arguments));
        return null;
    }
}
