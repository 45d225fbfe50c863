package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;
import org.jswtpm.tools.log.Reason;

/**
 * The state of a TPM while it is set up: in memory, until it is complete. Whatever ends the set-up before, at its place
 * there is what was there, and never half a TPM. The place is locked from the beginning.
 */
final class StateDraft {
    private final StatePlace place;
    private final boolean tpm2;
    private final boolean isNew;
    private final StateStore draft = StateStore.inMemory(StateKeys.NONE);
    private final StateStore target;
    private final Path made;

    private StateDraft(StatePlace place, boolean tpm2, boolean isNew, StateStore target, Path made) {
        this.place = place;
        this.tpm2 = tpm2;
        this.isNew = isNew;
        this.target = target;
        this.made = made;
    }

    /**
     * Begins with no state, or with the one that is there.
     *
     * @param keys those of the state at its place
     * @param isNew whether what is there will be replaced
     * @param unfinished takes away what locking makes
     */
    static StateDraft begin(StatePlace place, boolean tpm2, StateKeys keys, boolean isNew, Unfinished unfinished)
            throws SetupException {
        Path lockable = place.lockable();
        boolean makes = !Files.exists(lockable);
        StateDraft state = new StateDraft(place, tpm2, isNew, place.open(tpm2, keys), makes ? lockable : null);
        unfinished.atTheEnd(state::release);
        if (makes) {
            // under the lock, so that nobody else has it
            unfinished.unlessKept(state::takeLockAway);
        }
        try {
            state.target.lock(0);
            if (!isNew) {
                copy(state.target, state.draft);
            }
            return state;
        } catch (StoreException e) {
            String what = isNew ? "Could not remove the state in " + place.path() : "Could not start the TPM";
            throw new SetupException(what + ": " + e.getMessage());
        }
    }

    private static void copy(StateStore from, StateStore to) throws StoreException {
        for (StateName name : StateName.values()) {
            Optional<byte[]> blob = from.load(name);
            if (blob.isPresent()) {
                to.store(name, blob.get());
                Arrays.fill(blob.get(), (byte) 0);
            }
        }
    }

    /** What the TPM works on. */
    StateStore store() {
        return draft;
    }

    /** Puts the state to its place: the permanent one, by which a TPM is known, comes last. */
    void publish() throws SetupException {
        try {
            if (isNew) {
                place.deleteOthers(tpm2);
            }
            for (StateName name : new StateName[] {StateName.VOLATILESTATE, StateName.SAVESTATE, StateName.PERMALL}) {
                Optional<byte[]> blob = draft.load(name);
                if (blob.isPresent()) {
                    target.store(name, blob.get());
                    Arrays.fill(blob.get(), (byte) 0);
                } else {
                    target.delete(name);
                }
            }
        } catch (IOException e) {
            throw new SetupException("Could not write the state to " + place.path() + ": " + Reason.of(e));
        }
    }

    private void takeLockAway() throws IOException {
        if (target.isLocked()) {
            Files.deleteIfExists(made);
        }
    }

    private void release() throws IOException {
        draft.close();
        target.close();
    }
}
