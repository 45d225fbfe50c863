package org.jswtpm.server.platform;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.server.log.Log;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** Takes the state out of a running TPM and gives it to one that is off: snapshots and migrations. Not thread safe. */
final class StateTransfer {
    private static final int PERMANENT = 1;
    private static final int VOLATILE = 2;
    private static final int SAVE_STATE = 3;

    private final Tpm tpm;
    private final StateStore store;
    private final Log log;
    private boolean given;
    /** What came in place of the permanent state: null for nothing, else whether it is none. */
    private Boolean permanentTaken;

    /** @param store null where the user named no place for state; then there is nothing to transfer */
    StateTransfer(Tpm tpm, StateStore store, Log log) {
        this.tpm = tpm;
        this.store = store;
        this.log = log;
    }

    /** CMD_STORE_VOLATILE. */
    int storeVolatile() {
        try {
            keepPermanent();
            Optional<byte[]> blob = tpm.state(StateKind.VOLATILE);
            if (blob.isEmpty()) {
                return ResultCode.FAIL;
            }
            try {
                store.store(StateName.VOLATILESTATE, blob.get());
            } finally {
                wipe(blob.get());
            }
            return ResultCode.SUCCESS;
        } catch (StoreException e) {
            return failed(e.getMessage(), e.resultCode());
        } catch (StateException e) {
            return failed(e.getMessage(), e.resultCode());
        }
    }

    /** Writes the permanent state again where somebody took it away: at the next start another TPM would be made. */
    private void keepPermanent() throws StoreException, StateException {
        if (!store.isLocked() || store.size(StateName.PERMALL).isPresent()) {
            return;
        }
        Optional<byte[]> blob = tpm.state(StateKind.PERMANENT);
        if (blob.isPresent()) {
            log.fail("Warning: " + store.place(StateName.PERMALL) + " is gone; the TPM's state is written again.");
            try {
                store.store(StateName.PERMALL, blob.get());
            } finally {
                wipe(blob.get());
            }
        }
    }

    /**
     * CMD_GET_STATEBLOB, from the running TPM. A volatile state that was stored before is gone then: nobody shall resume from
     * it once the TPM has gone on elsewhere.
     *
     * @param decrypted whether the state is wanted without the encryption of its files
     */
    StateBlob get(int type, boolean decrypted) {
        StateKind kind = kind(type);
        if (kind == null) {
            return StateBlob.none(ResultCode.FAIL);
        }
        try {
            keepPermanent();
            Optional<byte[]> blob = tpm.state(kind);
            if (kind == StateKind.VOLATILE) {
                store.delete(StateName.VOLATILESTATE);
            }
            if (blob.isEmpty()) {
                return StateBlob.none(ResultCode.RETRY);
            }
            try {
                return StateBlob.of(store.exportBlob(blob.get(), decrypted));
            } finally {
                wipe(blob.get());
            }
        } catch (StoreException e) {
            return StateBlob.none(failed(e.getMessage(), e.resultCode()));
        } catch (StateException e) {
            return StateBlob.none(failed(e.getMessage(), e.resultCode()));
        }
    }

    /**
     * CMD_SET_STATEBLOB, for the next start.
     *
     * @param octets a migration blob; none takes back what was set
     * @param encrypted whether the client says that the state in it is encrypted with the state key
     */
    int set(int type, byte[] octets, boolean encrypted) {
        StateKind kind = kind(type);
        if (kind == null) {
            return failed("Unknown blob type " + type, ResultCode.BAD_PARAMETER);
        }
        try {
            byte[] blob = store.importBlob(octets, encrypted);
            try {
                tpm.setState(kind, blob);
            } finally {
                wipe(blob);
            }
            given |= blob.length > 0;
            if (kind == StateKind.PERMANENT) {
                permanentTaken = blob.length == 0;
            }
            return ResultCode.SUCCESS;
        } catch (StoreException e) {
            return failed("The " + name(kind) + " blob cannot be used: " + e.getMessage(), e.resultCode());
        } catch (StateException e) {
            given = false;
            permanentTaken = null;
            return failed("The " + name(kind) + " blob cannot be used: " + e.getMessage(), e.resultCode());
        }
    }

    /** What the next start makes; null if it goes on with a TPM that is there. */
    NewTpm newTpm() throws StoreException {
        if (permanentTaken == null) {
            return NewTpm.expected(store);
        }
        return permanentTaken ? new NewTpm(store, "an empty state was given in its place") : null;
    }

    /** Whether the next start uses what was set; once that start has been tried, it does not any more. */
    boolean takeGiven() {
        boolean was = given;
        given = false;
        permanentTaken = null;
        return was;
    }

    private int failed(String message, int result) {
        log.fail("Error: " + message);
        return result;
    }

    private static StateKind kind(int type) {
        return switch (type) {
            case PERMANENT -> StateKind.PERMANENT;
            case VOLATILE -> StateKind.VOLATILE;
            case SAVE_STATE -> StateKind.SAVE_STATE;
            default -> null;
        };
    }

    private static String name(StateKind kind) {
        return TpmHost.name(kind).suffix();
    }

    private static void wipe(byte[] octets) {
        Arrays.fill(octets, (byte) 0);
    }
}
