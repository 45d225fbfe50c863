package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.PERSISTENT_ALL;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;

/**
 * PERSISTENT_ALL, as it was read.
 *
 * @param data what changes only by commands
 * @param orderly what is certain after an orderly shutdown only
 * @param saved what Shutdown(STATE) saved, if that was the last shutdown
 * @param nvram NV Indices and persistent objects
 */
record PermanentState(PersistentData data, OrderlyData orderly, Optional<Saved> saved, UserNvram nvram) {
    private static final int PROFILE_SINCE = 4;
    private static final int SAVED_ONLY_AFTER_SHUTDOWN_SINCE = 3;

    /** What Shutdown(STATE) saves. */
    record Saved(StateResetData reset, StateClearData clear) {}

    /**
     * Reads {@code blob}, which is not changed.
     *
     * @throws StateException with TPM_RC_FAILURE and what is wrong where
     */
    static PermanentState read(byte[] blob) throws StateException {
        StateReader in = StateReader.over(blob);
        try {
            return read(in);
        } catch (TpmException e) {
            throw new StateException(TpmRc.FAILURE.value(), in.fault(e).getMessage());
        } catch (StateFault e) {
            throw new StateException(TpmRc.FAILURE.value(), e.getMessage());
        }
    }

    private static PermanentState read(StateReader in) {
        int version = in.header(PERSISTENT_ALL);
        if (version >= PROFILE_SINCE) {
            checkProfile(in);
        }
        CompileConstants.check(in);
        PersistentData data = PersistentDataCodec.read(in);
        OrderlyData orderly = OrderlyData.read(in);
        boolean isSaved = version < SAVED_ONLY_AFTER_SHUTDOWN_SINCE || data.isStateSaved();
        Optional<Saved> saved = isSaved
                ? Optional.of(new Saved(StateResetData.read(in), StateClearData.read(in, data.allocation())))
                : Optional.empty();
        UserNvram nvram = UserNvram.read(in, OrderlyRam.read(in));
        in.at("PERSISTENT_ALL").end(version);
        int magic = in.at("PERSISTENT_ALL, magic at its end").uint32();
        if (magic != PERSISTENT_ALL.magic()) {
            throw in.fault("is 0x" + Integer.toHexString(magic));
        }
        return new PermanentState(data, orderly, data.isStateSaved() ? saved : Optional.empty(), nvram);
    }

    /** A state without a string has the null profile, as one of version 3 has. */
    private static void checkProfile(StateReader in) {
        byte[] profile = in.at("PERSISTENT_ALL.profile").octets(in.uint16());
        if (profile.length > 0) {
            throw in.fault(
                    "is not supported yet: " + new String(profile, 0, profile.length - 1, StandardCharsets.US_ASCII));
        }
    }
}
