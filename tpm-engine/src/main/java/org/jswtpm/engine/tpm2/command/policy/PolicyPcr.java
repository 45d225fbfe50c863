package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.PCR_CHANGED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PolicyPCR: PCRs have certain values, now and when the policy is used.
 *
 * <p>Part 3, 23.7. Answers PCR_CHANGED if a PCR has changed since the session first looked at any, and VALUE at parameter 1 if the
 * values are not the ones that the caller expects.
 */
public final class PolicyPcr implements Command<PolicyPcr.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int PCR_DIGEST = 1;
    private static final int PCRS = 2;

    record In(Handle policySession, Bytes pcrDigest, List<PcrSelection> pcrs) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(PCR_DIGEST).sized2(TpmLimits.MAX_DIGEST_SIZE),
                PcrSelection.unmarshalList(in.at(PCRS), in.algorithms()));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        List<PcrSelection> pcrs = tpm.pcrs().filter(in.pcrs);
        Bytes digest = tpm.pcrs().digest(session.authHash(), pcrs);
        int counter = tpm.pcrs().updateCounter();
        if (!session.isTrial()) {
            check(session.pcrCounter() == 0 || session.pcrCounter() == counter, PCR_CHANGED);
            check(in.pcrDigest.isEmpty() || in.pcrDigest.equals(digest), VALUE.parameter(PCR_DIGEST));
            session.setPcrCounter(counter);
        } else if (!in.pcrDigest.isEmpty()) {
            digest = in.pcrDigest;
        }
        WireWriter selection = new WireWriter();
        PcrSelection.marshalList(pcrs, selection);
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_PCR.code())
                .update(selection.toArray())
                .update(digest.toArray()));
        return null;
    }
}
