package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.tpm2.startup.BootState;

/** Makes a new TPM: every value that lives in NV is what libtpms gives it (TPM_Manufacture). */
final class Manufacture {
    private static final byte[] NO_PERSONALIZATION = new byte[0];

    private Manufacture() {}

    /** Fills the rooms of {@code tpm}, which are new. */
    static void run(TpmState tpm) {
        tpm.setRandom(Drbg.instantiate(tpm.host()::fillEntropy, NO_PERSONALIZATION));
        tpm.pcrs().manufacture();
        tpm.hierarchies().manufacture(tpm.random());
        tpm.lockout().manufacture();
        tpm.presence().setRequired(CommandCode.PP_COMMANDS.code(), true);
        tpm.audit().manufacture(CommandCode.SET_COMMAND_CODE_AUDIT_STATUS.code());
        tpm.boot().setOrderlyState(BootState.SU_CLEAR);
        tpm.boot().setResetCount(0);
        tpm.boot().setTotalResetCount(0);
        tpm.clock().manufacture();
    }
}
