package org.jswtpm.engine.tpm2.state;

import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;

/** What a TPM 2.0's volatile state says of failure mode: the only cause that a TPM may have to be in it from the start. */
public final class SavedFailure {
    /** Where the octet stands in what libtpms 0.10 and newer write, counted from the end, the hash and the magic included. */
    private static final int FROM_END = 313;

    private SavedFailure() {}

    /** The place of inFailureMode in a volatile state. */
    public static int offset(byte[] volatileState) {
        return volatileState.length - FROM_END;
    }

    /** Whether the volatile state says that its TPM is in failure mode; it is one that is accepted. */
    public static boolean isIn(Map<StateKind, byte[]> states) {
        try {
            PermanentState permanent = PermanentState.read(states.get(StateKind.PERMANENT));
            return VolatileState.read(
                            states.get(StateKind.VOLATILE), permanent.data().allocation())
                    .failure()
                    .isFailed();
        } catch (StateException e) {
            throw new AssertionError("was accepted before", e);
        }
    }
}
