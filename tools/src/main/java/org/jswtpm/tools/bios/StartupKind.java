package org.jswtpm.tools.bios;

/** Which Startup is sent, with its parameter for each version; a negative one sends none. */
enum StartupKind {
    CLEAR(1, 0),
    STATE(2, 1),
    DEACTIVATED(3, -1),
    NONE(-1, -1);

    private final int tpm12;
    private final int tpm2;

    StartupKind(int tpm12, int tpm2) {
        this.tpm12 = tpm12;
        this.tpm2 = tpm2;
    }

    /** TPM_STARTUP_TYPE. */
    int tpm12() {
        return tpm12;
    }

    /** TPM_SU. */
    int tpm2() {
        return tpm2;
    }
}
