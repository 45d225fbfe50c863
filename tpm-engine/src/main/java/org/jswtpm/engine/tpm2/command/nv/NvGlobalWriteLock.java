package org.jswtpm.engine.tpm2.command.nv;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_NV_GlobalWriteLock: no more writes to the NV Indices that have TPMA_NV_GLOBALLOCK, until the next TPM Reset.
 *
 * <p>Part 3, 31.12.
 */
public final class NvGlobalWriteLock implements Command<Handles, Void> {
    @Override
    public Handles unmarshal(Handles handles, ParameterReader in) {
        return handles;
    }

    @Override
    public Void execute(Handles in, TpmState tpm) {
        tpm.nv().lockGlobally();
        return null;
    }
}
