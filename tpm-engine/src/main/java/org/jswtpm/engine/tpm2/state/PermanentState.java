package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.PERSISTENT_ALL;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * PERSISTENT_ALL, as it was read.
 *
 * @param profile what the TPM may do
 * @param data what changes only by commands
 * @param orderly what is certain after an orderly shutdown only
 * @param saved what Shutdown(STATE) saved, if that was the last shutdown
 * @param nvram NV Indices and persistent objects
 */
record PermanentState(
        Profile profile, PersistentData data, OrderlyData orderly, Optional<Saved> saved, UserNvram nvram) {
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
        Profile profile = version >= PROFILE_SINCE ? readProfile(in) : Profile.nullProfile();
        CompileConstants.check(in);
        PersistentData data = PersistentDataCodec.read(in);
        OrderlyData orderly = OrderlyData.read(in);
        boolean isSaved = version < SAVED_ONLY_AFTER_SHUTDOWN_SINCE || data.isStateSaved();
        Optional<Saved> saved = isSaved
                ? Optional.of(new Saved(StateResetData.read(in), StateClearData.read(in, data.allocation())))
                : Optional.empty();
        if (data.isStateSaved()) {
            saved.orElseThrow().reset().checkContexts();
        }
        UserNvram nvram = UserNvram.read(in, OrderlyRam.read(in));
        in.at("PERSISTENT_ALL").end(version);
        int magic = in.at("PERSISTENT_ALL, magic at its end").uint32();
        if (magic != PERSISTENT_ALL.magic()) {
            throw in.fault("is 0x" + Integer.toHexString(magic));
        }
        return new PermanentState(profile, data, orderly, data.isStateSaved() ? saved : Optional.empty(), nvram);
    }

    /**
     * A string ends with zero, which counts; without any octet it is libtpms' null pointer, which means the null profile. libtpms
     * takes what has no zero at its end, and reads on behind it.
     */
    private static Profile readProfile(StateReader in) {
        byte[] octets = in.at("PERSISTENT_ALL.profile").octets(in.uint16());
        if (octets.length == 0) {
            return Profile.nullProfile();
        }
        checkEnd(octets, in);
        try {
            return Profile.ofState(new String(octets, 0, octets.length - 1, StandardCharsets.UTF_8));
        } catch (ProfileException e) {
            throw in.fault("cannot be used: " + e.getMessage());
        }
    }

    private static void checkEnd(byte[] octets, StateReader in) {
        int zero = 0;
        while (zero < octets.length && octets[zero] != 0) {
            zero++;
        }
        if (zero != octets.length - 1) {
            throw in.fault("is a string of " + octets.length + " octets that does not end with its first zero");
        }
    }

    /** Writes the header and the profile; the null profile is the one of the version before. */
    static void writeHead(Profile profile, WireWriter out) {
        StateWriter.header(out, PERSISTENT_ALL, profile.isNull() ? PROFILE_SINCE - 1 : PROFILE_SINCE);
        if (!profile.isNull()) {
            byte[] json = profile.toJson().getBytes(StandardCharsets.UTF_8);
            out.uint16(json.length + 1).octets(json).uint8(0);
        }
    }
}
