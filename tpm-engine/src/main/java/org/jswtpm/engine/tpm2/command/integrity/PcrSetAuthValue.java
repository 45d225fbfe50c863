package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM2_PCR_SetAuthValue: would give a group of PCRs an auth value; no PCR of libtpms is in such a group.
 *
 * <p>Part 3, 22.7.
 */
public final class PcrSetAuthValue implements Command<PcrSetAuthValue.In, Void> {
    private static final int AUTH = 1;

    record In(Secret auth) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(in.at(AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        in.auth.close();
        throw VALUE.exception();
    }
}
