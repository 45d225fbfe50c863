package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
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
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM2_PolicyAuthorizeNV: whoever may write an NV Index approves the policy so far, by its digest there.
 *
 * <p>Part 3, 23.22. Answers what forbids to read the Index (NV_LOCKED, NV_AUTHORIZATION, NV_UNINITIALIZED), and without a number HASH
 * and VALUE if it approves another policy, or what else its content lacks to be a TPMT_HA.
 */
public final class PolicyAuthorizeNv implements Command<PolicyAuthorizeNv.In, Void> {
    private static final int AUTH_HANDLE = 1;
    private static final int NV_INDEX = 2;
    private static final int POLICY_SESSION = 3;
    /** TPMT_HA of the longest digest. */
    private static final int MAX_HA_SIZE = 2 + TpmLimits.MAX_DIGEST_SIZE;

    record In(Handle authHandle, Handle nvIndex, Handle policySession) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(AUTH_HANDLE), handles.get(NV_INDEX), handles.get(POLICY_SESSION));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        NvIndex index = tpm.nv().index(in.nvIndex);
        if (!session.isTrial()) {
            index.checkReadAccess(in.authHandle);
            int size = Math.min(index.dataSize(), MAX_HA_SIZE);
            WireReader content = WireReader.over(index.read(0, size), TpmRc.WIRE_FAULTS);
            HashAlg hash = HashAlg.unmarshal(content, tpm.algorithms());
            Bytes approved = content.bytes(hash.digestSize());
            check(hash == session.authHash(), HASH);
            check(approved.equals(session.digest()), VALUE);
        }
        session.clearPolicyDigest();
        session.endPolicyDigest(session.beginPolicyDigest(CommandCode.POLICY_AUTHORIZE_NV.code())
                .update(index.name().toArray()));
        return null;
    }
}
