package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY_CC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PolicyCommandCode: the policy authorizes one command only.
 *
 * <p>Part 3, 23.11. Answers VALUE at parameter 1 if the session is for another command already, and POLICY_CC at parameter 1
 * for a command that this TPM does not have.
 */
public final class PolicyCommandCode implements Command<PolicyCommandCode.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int CODE = 1;

    record In(Handle policySession, int code) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), in.at(CODE).uint32());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(session.commandCode() == 0 || session.commandCode() == in.code, VALUE.parameter(CODE));
        CommandCode code = CommandCode.of(in.code);
        check(code != null && tpm.commands().isEnabled(code), POLICY_CC.parameter(CODE));
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_COMMAND_CODE.code())
                .updateUint32(in.code));
        session.setCommandCode(in.code);
        return null;
    }
}
