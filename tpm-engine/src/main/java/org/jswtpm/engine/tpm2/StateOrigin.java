package org.jswtpm.engine.tpm2;

import java.io.IOException;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.state.StateKeeper;
import org.jswtpm.engine.tpm2.state.VolatileKeeper;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.transfer.GivenState;

/** What a TPM starts from when its power comes: the state that it was given while it was off, else its host's, else a new one. */
final class StateOrigin {
    /** TPM_FAIL of TPM 1.2, by which swtpm answers a profile for a TPM that exists. */
    private static final int FAIL = 9;

    /** TPM_BAD_TYPE of TPM 1.2, by which libtpms answers here too. */
    private static final int BAD_TYPE = 0x34;

    private final Host host;
    private final GivenState given = new GivenState();
    /** Null for the null profile. */
    private Profile profileOfNew;

    StateOrigin(Host host) {
        this.host = host;
    }

    /** The profile of a TPM that has no state yet. */
    void setProfileOfNew(Profile profile) {
        profileOfNew = profile;
    }

    /** Takes a state for the next start, if it can be one; else nothing that was given counts. */
    void give(StateKind kind, byte[] blob) throws StateException {
        try {
            if (blob.length > 0) {
                check(kind, blob);
            }
            given.put(kind, blob);
        } catch (StateException e) {
            given.clear();
            throw e;
        }
    }

    /** Tries the state on rooms that nobody uses. */
    private void check(StateKind kind, byte[] blob) throws StateException {
        TpmState trial = new TpmState(host);
        StateKeeper keeper = new StateKeeper(trial);
        try {
            switch (kind) {
                case PERMANENT -> keeper.restore(blob);
                case VOLATILE -> {
                    Optional<byte[]> permanent = load(StateKind.PERMANENT);
                    if (permanent.isEmpty()) {
                        throw new StateException(TpmRc.FAILURE.value(), "there is no permanent state to go with it");
                    }
                    keeper.restore(permanent.get());
                    new VolatileKeeper(trial, keeper).resume(blob);
                }
                case SAVE_STATE -> throw new StateException(BAD_TYPE, "a TPM 2.0 has no such state");
            }
        } finally {
            trial.wipe();
            keeper.wipe();
        }
    }

    /**
     * Fills the rooms, which are new, from the state; and commits one that is new to the host. What was given is used up then.
     *
     * @param wasEstablished the flag of the TPM before, which a TPM that does not go on keeps
     * @return the flag tpmEstablished
     */
    boolean start(TpmState started, StateKeeper keeper, boolean wasEstablished) throws StateException {
        try {
            return fill(started, keeper).orElse(wasEstablished);
        } finally {
            given.clear();
        }
    }

    /** The flag tpmEstablished of a TPM that goes on. */
    private Optional<Boolean> fill(TpmState started, StateKeeper keeper) throws StateException {
        Optional<byte[]> permanent = load(StateKind.PERMANENT);
        Optional<byte[]> running = load(StateKind.VOLATILE);
        if (permanent.isPresent()) {
            if (profileOfNew != null) {
                throw new StateException(FAIL, "a profile cannot be applied to a TPM that exists");
            }
            keeper.restore(permanent.get());
        } else {
            if (running.isPresent() || given.has(StateKind.PERMANENT)) {
                throw new StateException(
                        TpmRc.FAILURE.value(), "there is no permanent state to go with the volatile one");
            }
            keeper.setProfile(profileOfNew == null ? Profile.nullProfile() : profileOfNew);
            Manufacture.run(started);
        }
        started.clock().powerOn();
        Optional<Boolean> established = running.isPresent()
                ? Optional.of(new VolatileKeeper(started, keeper).resume(running.get()))
                : Optional.empty();
        if (permanent.isEmpty() || given.has(StateKind.PERMANENT)) {
            commitNew(keeper);
            profileOfNew = null;
        }
        return established;
    }

    /** A new TPM, or one that came from elsewhere, exists once its seeds are kept. */
    private void commitNew(StateKeeper keeper) throws StateException {
        try {
            host.commit(StateKind.PERMANENT, keeper.permanentState());
        } catch (IOException e) {
            throw new StateException(TpmRc.FAILURE.value(), "the state of a new TPM cannot be kept", e);
        }
    }

    /** The state of one kind that the TPM would start from. */
    Optional<byte[]> load(StateKind kind) throws StateException {
        if (given.has(kind)) {
            return given.get(kind);
        }
        try {
            return host.load(kind);
        } catch (IOException e) {
            throw new StateException(TpmRc.FAILURE.value(), "the TPM's state cannot be read", e);
        }
    }
}
