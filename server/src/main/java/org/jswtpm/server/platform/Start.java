package org.jswtpm.server.platform;

import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.Tpm;
import org.jswtpm.server.log.Log;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/**
 * How a TPM that is off comes to run: on the state that a migration has given or that is in its storage, which is locked, or
 * as a new one with the profile of the command line. What goes wrong is logged, and told by a code. The platform guards it.
 */
final class Start {
    private final Tpm tpm;
    private final Responses responses;
    private final StateStore store;
    private final StorageLock storageLock;
    private final StateTransfer transfer;
    private final boolean backup;
    private final Log log;

    /** Null where there is none, or once it has been used. */
    private String profile;

    /**
     * @param store null where the user named no place for state
     * @param backup whether a start from the backup is tried when the state is unusable
     */
    Start(
            Tpm tpm,
            Responses responses,
            StateStore store,
            StorageLock storageLock,
            StateTransfer transfer,
            boolean backup,
            Log log) {
        this.tpm = tpm;
        this.responses = responses;
        this.store = store;
        this.storageLock = storageLock;
        this.transfer = transfer;
        this.backup = backup;
        this.log = log;
    }

    /** The profile of a TPM that the first start makes, as JSON. */
    void useProfile(String json) {
        profile = json;
    }

    /**
     * Starts the TPM.
     *
     * @param deleteVolatile whether a volatile state is deleted once it is in use
     * @return 0, or the code by which libtpms reports the failure; the TPM may be on then, and no file is changed
     */
    int run(boolean deleteVolatile) {
        if (store == null) {
            log.fail("Error: There is no place for the TPM's state. Name one with --tpmstate dir=<directory>.");
            return ResultCode.FAIL;
        }
        try {
            storageLock.init();
            if (profile != null) {
                tpm.setProfile(profile);
            }
            NewTpm made = transfer.newTpm();
            startFromState();
            if (made != null) {
                made.report(log);
            }
            profile = null;
            if (deleteVolatile) {
                store.delete(StateName.VOLATILESTATE);
            }
            return ResultCode.SUCCESS;
        } catch (StoreException e) {
            log.fail("Error: " + e.getMessage());
            return e.resultCode();
        } catch (ProfileException e) {
            log.fail("Error: Could not set profile for TPM2: '" + profile + "': " + e.getMessage());
            return ResultCode.FAIL;
        } catch (StateException e) {
            log.fail("Error: Could not initialize the TPM: " + e.getMessage() + causeOf(e));
            return responses.initResult(e);
        } catch (RuntimeException | Error e) {
            log.fault("CMD_INIT", e);
            return ResultCode.TPM2_FAILURE;
        }
    }

    /** What the store said, such as that it needs another key; other causes are left out of messages for the user. */
    private static String causeOf(StateException e) {
        return e.getCause() instanceof StoreException cause ? ": " + cause.getMessage() : "";
    }

    private void startFromState() throws StateException, StoreException {
        boolean given = transfer.takeGiven();
        try {
            tpm.powerOn();
        } catch (StateException e) {
            if (given || !backup || !store.exchangeBackup()) {
                throw e;
            }
            log.fail("Error: The permanent state cannot be used (" + e.getMessage() + "). Trying the one before it.");
            try {
                tpm.powerOn();
            } catch (StateException again) {
                store.exchangeBackup();
                throw again;
            }
        }
    }
}
