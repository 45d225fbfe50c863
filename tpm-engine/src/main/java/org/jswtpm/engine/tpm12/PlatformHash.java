package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.pcr.Pcrs;
import org.jswtpm.engine.wire.TpmException;

/**
 * _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End (Part 1, 28.3): a D-RTM measures itself into PCR 17. As in libtpms, a
 * sequence at the wrong time takes the TPM into failure mode.
 */
final class PlatformHash {
    private final TpmState tpm;

    PlatformHash(TpmState tpm) {
        this.tpm = tpm;
    }

    /**
     * Begins anew.
     *
     * @return whether the permanent state has changed
     */
    boolean start() {
        if (tpm.stanyFlags().isPostInitialise()) {
            tpm.selfTest().fail();
            return false;
        }
        int exclusive = tpm.stanyFlags().transportExclusive();
        if (exclusive != 0) {
            tpm.transports().terminate(exclusive, tpm.stanyFlags());
        }
        tpm.stanyFlags().setTosPresent(true);
        tpm.pcrs().startDrtm();
        tpm.platformHash().start();
        return tpm.permanentFlags().set(PermanentFlag.TPM_ESTABLISHED, true);
    }

    /** Adds octets. */
    void data(byte[] octets) {
        try {
            tpm.platformHash().update(octets);
        } catch (TpmException e) {
            tpm.selfTest().fail();
        }
    }

    /** Extends {@link Pcrs#DRTM}, which is zero before. */
    void end() {
        try {
            tpm.pcrs().endDrtm(tpm.platformHash().complete());
        } catch (TpmException e) {
            tpm.selfTest().fail();
        }
    }
}
