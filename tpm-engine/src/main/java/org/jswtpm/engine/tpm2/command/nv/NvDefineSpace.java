package org.jswtpm.engine.tpm2.command.nv;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM2_NV_DefineSpace: makes an NV Index.
 *
 * <p>Part 3, 31.3. Which attributes may stand together is checked in {@link NvDefinition}, in the order of libtpms.
 */
public final class NvDefineSpace implements Command<NvDefineSpace.In, Void> {
    private static final int AUTH = 1;
    private static final int PUBLIC_INFO = 2;

    record In(Handle authHandle, Secret auth, NvPublic publicInfo) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(1),
                in.at(AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE),
                NvPublic.unmarshalSized(in.at(PUBLIC_INFO), in.algorithms()));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        try (Secret given = in.auth) {
            Secret auth = given.withoutTrailingZeros();
            new NvDefinition(in.authHandle, in.publicInfo)
                    .check(auth.size(), tpm.hierarchies().isPlatformNvEnabled());
            tpm.nv().define(in.publicInfo, auth);
        }
        return null;
    }
}
