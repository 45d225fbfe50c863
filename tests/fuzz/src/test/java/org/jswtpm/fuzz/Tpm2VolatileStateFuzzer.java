package org.jswtpm.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.differential.RecordedScenes;

/** The reader of a running TPM 2.0's state: it refuses a state, or the TPM goes on from it. */
public final class Tpm2VolatileStateFuzzer {
    private static final int HASH = 20;
    private static final Map<StateKind, byte[]> STATES = RecordedScenes.runningStates();
    private static final CommandScript SCRIPT = CommandScript.of(CommandScript.ofCommands(RecordedScenes.play(5)));

    private Tpm2VolatileStateFuzzer() {}

    /** Called by Jazzer. The hash at the end is made right, since no fuzzer would guess it. */
    public static void fuzzerTestOneInput(byte[] input) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(input);
        byte[] blob = Arrays.copyOf(input, input.length + HASH);
        System.arraycopy(hash, 0, blob, input.length, HASH);
        try {
            Tpm2Sessions.resume(STATES.get(StateKind.PERMANENT), blob, SCRIPT);
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** The state of a TPM with keys, sessions and sequences, without its hash. */
    static List<byte[]> seeds() {
        byte[] blob = STATES.get(StateKind.VOLATILE);
        return List.of(Arrays.copyOf(blob, blob.length - HASH));
    }
}
