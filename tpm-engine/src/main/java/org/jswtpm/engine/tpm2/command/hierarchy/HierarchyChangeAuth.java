package org.jswtpm.engine.tpm2.command.hierarchy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_HierarchyChangeAuth: sets the auth value of a hierarchy or of the lockout.
 *
 * <p>Part 3, 24.8. The value is at most as long as the longest digest, which its type says already.
 */
public final class HierarchyChangeAuth implements Command<HierarchyChangeAuth.In, Void> {
    private static final int NEW_AUTH = 1;

    record In(Handle authHandle, Secret newAuth) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), in.at(NEW_AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        try (Secret given = in.newAuth) {
            tpm.hierarchies().setAuth(in.authHandle, given.withoutTrailingZeros());
        }
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
