package org.jswtpm.engine.tpm2.command.startup;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.wire.WireReader;

/** TPM_SU (Part 2, 6.10): what to do with the state at start-up and at shutdown. */
final class TpmSu {
    private TpmSu() {}

    /** TPM_SU_CLEAR or TPM_SU_STATE; else TPM_RC_VALUE. */
    static int unmarshal(WireReader in) {
        int value = in.uint16();
        check(value == BootState.SU_CLEAR || value == BootState.SU_STATE, VALUE);
        return value;
    }
}
