package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM2_NV_ChangeAuth: gives an NV Index another auth value.
 *
 * <p>Part 3, 31.15.
 */
public final class NvChangeAuth implements Command<NvChangeAuth.In, Void> {
    private static final int NEW_AUTH = 1;

    record In(Handle nvIndex, Secret newAuth) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), in.at(NEW_AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        NvIndex index = tpm.nv().index(in.nvIndex);
        try (Secret given = in.newAuth) {
            Secret auth = given.withoutTrailingZeros();
            check(auth.size() <= index.nameAlg().digestSize(), SIZE.parameter(NEW_AUTH));
            tpm.nv().setAuth(index, auth);
        }
        return null;
    }
}
