package org.jswtpm.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm12.oracle.Tpm12Oracle;
import org.jswtpm.engine.tpm12.state.UsedStates;
import org.jswtpm.engine.tpm2.TestHost;

/** The reader of a TPM 1.2's permanent state: it refuses a state, or everything in it can be used. */
public final class Tpm12PermanentStateFuzzer {
    private static final int HASH = 20;
    private static final UsedStates USED = UsedStates.permanent();

    private Tpm12PermanentStateFuzzer() {}

    /** Called by Jazzer. The hash at the end is made right, since no fuzzer would guess it. */
    public static void fuzzerTestOneInput(byte[] input) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(input);
        byte[] blob = Arrays.copyOf(input, input.length + HASH);
        System.arraycopy(hash, 0, blob, input.length, HASH);
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, blob);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host)) {
            tpm.powerOn();
            Tpm12Oracle.examine(tpm, USED.script());
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** A state that libtpms has written, and what has become of it, without their hashes. */
    static List<byte[]> seeds() {
        return List.of(
                withoutHash(Tpm12Runs.ownedState()), withoutHash(USED.states().get(StateKind.PERMANENT)));
    }

    private static byte[] withoutHash(byte[] blob) {
        return Arrays.copyOf(blob, blob.length - HASH);
    }
}
