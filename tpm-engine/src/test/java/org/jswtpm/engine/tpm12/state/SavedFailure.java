package org.jswtpm.engine.tpm12.state;

import java.nio.ByteBuffer;
import org.jswtpm.engine.tpm12.selftest.SelfTest;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/** What a TPM 1.2's volatile state says of its test state: the only cause that a TPM may have to be in failure mode from the start. */
public final class SavedFailure {
    /** Behind it: a version and the number of NV areas, two octets for each, and the hash. */
    private static final int COUNT = 4 + 2;

    private static final int FROM_END = COUNT + 4 + TpmLimits.DIGEST_SIZE;

    private SavedFailure() {}

    /** The place of the test state, four octets, in a volatile state. */
    public static int offset(byte[] volatileState) {
        ByteBuffer state = ByteBuffer.wrap(volatileState);
        int areas = 0;
        int at = volatileState.length - FROM_END;
        while (at >= 0 && state.getInt(at + COUNT) != areas) {
            areas++;
            at -= 2;
        }
        return at;
    }

    /** Whether the volatile state says that its TPM is in failure mode; it is one that is accepted. */
    public static boolean isIn(byte[] volatileState) {
        int at = offset(volatileState);
        return at >= 0 && ByteBuffer.wrap(volatileState).getInt(at) == SelfTest.State.FAILURE.value();
    }
}
