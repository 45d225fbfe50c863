package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * TPM2_PolicyLocality: the policy authorizes commands from some localities only.
 *
 * <p>Part 3, 23.8. Answers RANGE at parameter 1 if no locality is left. A TPMA_LOCALITY is a set of the localities 0 to 4, or one
 * locality from 32 on.
 */
public final class PolicyLocality implements Command<PolicyLocality.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int FIRST_EXTENDED = 32;
    private static final int LOCALITY = 1;

    record In(Handle policySession, int locality) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), in.at(LOCALITY).uint8());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        int left = narrow(session.commandLocality(), in.locality);
        check(left != 0, RANGE.parameter(LOCALITY));
        session.endPolicyDigest(
                session.beginPolicyDigest(CommandCode.POLICY_LOCALITY.code()).updateByte(in.locality));
        session.setCommandLocality(left);
        return null;
    }

    /** What {@code requested} leaves of {@code previous}, which is 0 if all are allowed; 0 if nothing is left. */
    private static int narrow(int previous, int requested) {
        boolean isSet = requested < FIRST_EXTENDED;
        if (previous == 0) {
            return requested;
        }
        if (isSet != previous < FIRST_EXTENDED) {
            return 0;
        }
        return isSet ? previous & requested : previous == requested ? requested : 0;
    }
}
