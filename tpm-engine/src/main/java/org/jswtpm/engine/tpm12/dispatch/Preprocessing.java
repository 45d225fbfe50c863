package org.jswtpm.engine.tpm12.dispatch;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.selftest.SelfTest;

/**
 * What happens before every command, even before one that there is not: the self-test is completed, the SHA-1 thread and the
 * exclusive transport session end if the command does not belong to them, and a saved state is no longer true.
 */
final class Preprocessing {
    private static final int NO_TRANSPORT = 0;

    private final TpmState tpm;

    Preprocessing(TpmState tpm) {
        this.tpm = tpm;
    }

    /**
     * Prepares for a command that comes from outside.
     *
     * @param ordinal the row, or null if there is none
     * @throws org.jswtpm.engine.wire.TpmException with the result, if the TPM cannot prepare
     */
    void run(Ordinal ordinal, int locality) {
        prepare(ordinal, NO_TRANSPORT);
        int exclusive = tpm.stanyFlags().transportExclusive();
        if (exclusive != 0 && ordinal != Ordinal.EXECUTE_TRANSPORT && ordinal != Ordinal.RELEASE_TRANSPORT_SIGNED) {
            tpm.transports().terminate(exclusive, tpm.stanyFlags());
        }
        tpm.stanyFlags().setLocalityModifier(locality);
    }

    /** Prepares for a command that comes in the transport session {@code transportHandle}, or from outside. */
    void prepare(Ordinal ordinal, int transportHandle) {
        if (tpm.selfTest().state() == SelfTest.State.LIMITED && !runsUntested(ordinal)) {
            tpm.selfTest().complete();
        }
        if (tpm.sha1Thread().isRunning() && endsSha1Thread(ordinal, transportHandle)) {
            tpm.sha1Thread().cancel();
        }
        if (tpm.stanyFlags().isStateSaved() && ordinal != Ordinal.STARTUP && ordinal != Ordinal.INIT) {
            tpm.deleteSavedState();
        }
    }

    private static boolean runsUntested(Ordinal ordinal) {
        if (ordinal == null) {
            return false;
        }
        return switch (ordinal) {
            case STARTUP,
                    SHA1_START,
                    SHA1_UPDATE,
                    SHA1_COMPLETE,
                    SHA1_COMPLETE_EXTEND,
                    EXTEND,
                    CONTINUE_SELF_TEST,
                    GET_CAPABILITY,
                    SELF_TEST_FULL,
                    GET_TEST_RESULT,
                    TSC_PHYSICAL_PRESENCE,
                    TSC_RESET_ESTABLISHMENT_BIT -> true;
            default -> false;
        };
    }

    /** With TPM_ExecuteTransport the wrapped command counts. */
    private boolean endsSha1Thread(Ordinal ordinal, int transportHandle) {
        if (ordinal == null) {
            return true;
        }
        return switch (ordinal) {
            case EXECUTE_TRANSPORT -> false;
            case SHA1_UPDATE, SHA1_COMPLETE, SHA1_COMPLETE_EXTEND -> tpm.sha1TransportHandle() != transportHandle;
            default -> true;
        };
    }
}
