package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_POSTINIT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_THREAD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SUCCESS;

import org.jswtpm.engine.tpm12.pcr.Pcrs;
import org.jswtpm.engine.tpm12.structure.TpmResult;
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

    /** Begins. TPM_INVALID_POSTINIT before TPM_Startup; TPM_FAIL, as libtpms has it, if a sequence has begun and not ended. */
    int start() {
        if (tpm.stanyFlags().isPostInitialise()) {
            return fail(INVALID_POSTINIT);
        }
        int exclusive = tpm.stanyFlags().transportExclusive();
        if (exclusive != 0) {
            tpm.transports().terminate(exclusive, tpm.stanyFlags());
        }
        tpm.stanyFlags().setTosPresent(true);
        tpm.pcrs().startDrtm();
        if (tpm.platformHash().isRunning()) {
            return fail(FAIL);
        }
        tpm.platformHash().start();
        return SUCCESS.value();
    }

    /** Adds octets; TPM_SHA_THREAD if nothing has begun. */
    int data(byte[] octets) {
        try {
            tpm.platformHash().update(octets);
            return SUCCESS.value();
        } catch (TpmException e) {
            return fail(SHA_THREAD);
        }
    }

    /** Extends {@link Pcrs#DRTM}, which is zero before; TPM_SHA_THREAD if nothing has begun. */
    int end() {
        try {
            tpm.pcrs().endDrtm(tpm.platformHash().complete());
            return SUCCESS.value();
        } catch (TpmException e) {
            return fail(SHA_THREAD);
        }
    }

    private int fail(TpmResult code) {
        tpm.selfTest().fail();
        return code.value();
    }
}
