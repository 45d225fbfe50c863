package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmiYesNo;

/**
 * TPM2_PolicyNvWritten: the policy of an NV Index holds only before, or only after, the Index was written.
 *
 * <p>Part 3, 23.20. Answers VALUE at parameter 1 if the session asks for the other already.
 */
public final class PolicyNvWritten implements Command<PolicyNvWritten.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int WRITTEN_SET = 1;

    record In(Handle policySession, boolean writtenSet) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), TpmiYesNo.unmarshal(in.at(WRITTEN_SET)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(!session.isNvWrittenChecked() || session.nvWrittenState() == in.writtenSet, VALUE.parameter(WRITTEN_SET));
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_NV_WRITTEN.code()).updateByte(in.writtenSet ? 1 : 0));
        session.checkNvWritten(in.writtenSet);
        return null;
    }
}
