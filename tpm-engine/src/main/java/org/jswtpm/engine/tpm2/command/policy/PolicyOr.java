package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM2_PolicyOR: what the policy demanded so far is one of several possibilities.
 *
 * <p>Part 3, 23.6. Answers SIZE at parameter 1 for less than two or more than eight digests, and VALUE at parameter 1 if none of
 * them is the policyDigest of now.
 */
public final class PolicyOr implements Command<PolicyOr.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int MIN_DIGESTS = 2;
    private static final int MAX_DIGESTS = 8;
    private static final int P_HASH_LIST = 1;

    record In(Handle policySession, List<Bytes> pHashList) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(POLICY_SESSION), digests(in.at(P_HASH_LIST)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(session.isTrial() || in.pHashList.contains(session.digest()), VALUE.parameter(P_HASH_LIST));
        session.clearPolicyDigest();
        Hasher next = session.beginPolicyDigest(CommandCode.POLICY_OR.code());
        for (Bytes digest : in.pHashList) {
            next.update(digest.toArray());
        }
        session.endPolicyDigest(next);
        return null;
    }

    /** TPML_DIGEST, of two at least as libtpms has it. */
    private static List<Bytes> digests(WireReader in) {
        long count = in.unsigned32();
        check(count >= MIN_DIGESTS && count <= MAX_DIGESTS, SIZE);
        List<Bytes> digests = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            digests.add(in.sized2(TpmLimits.MAX_DIGEST_SIZE));
        }
        return digests;
    }
}
