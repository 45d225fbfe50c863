package org.jswtpm.systemtest.guest;

/** The guest's TPM interface. */
public enum TpmDevice {
    /** The FIFO interface of the "TPM Interface Specification". */
    TPM_TIS("tpm-tis"),
    /** The command response buffer. */
    TPM_CRB("tpm-crb");

    private final String qemuName;

    TpmDevice(String qemuName) {
        this.qemuName = qemuName;
    }

    String qemuName() {
        return qemuName;
    }
}
