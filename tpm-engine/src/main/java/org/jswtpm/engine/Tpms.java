package org.jswtpm.engine;

import org.jswtpm.engine.tpm12.Tpm12;
import org.jswtpm.engine.tpm2.Tpm2;

/** Makes TPMs. */
public final class Tpms {
    private Tpms() {}

    /**
     * A new TPM, which is off.
     *
     * @param version which specification it follows
     * @param host what it asks of the outside
     */
    public static Tpm create(TpmVersion version, Host host) {
        return switch (version) {
            case TPM_2_0 -> new Tpm2(host);
            case TPM_1_2 -> new Tpm12(host);
        };
    }
}
