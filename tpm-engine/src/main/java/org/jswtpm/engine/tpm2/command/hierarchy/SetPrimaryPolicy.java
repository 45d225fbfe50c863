package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_SetPrimaryPolicy: sets the policy of a hierarchy or of the lockout.
 *
 * <p>Part 3, 24.3. Answers SIZE at parameter 1 if the policy has not the size of a digest of the algorithm.
 */
public final class SetPrimaryPolicy implements Command<SetPrimaryPolicy.In, Void> {
    private static final int AUTH_POLICY = 1;
    private static final int HASH_ALG = 2;

    record In(Handle authHandle, Bytes authPolicy, HashAlg hashAlg) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(1),
                in.at(AUTH_POLICY).sized2(TpmLimits.MAX_DIGEST_SIZE),
                HashAlg.unmarshalOrNull(in.at(HASH_ALG), in.algorithms()));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(in.authPolicy.size() == in.hashAlg.digestSize(), SIZE.parameter(AUTH_POLICY));
        tpm.hierarchies().setPolicy(in.authHandle, in.hashAlg, in.authPolicy);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
