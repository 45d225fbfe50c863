package org.jswtpm.fuzz;

import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm2.differential.RecordedScenes;

/** The reader of a TPM 2.0's permanent state: it refuses a state, or the TPM runs on it. */
public final class Tpm2PermanentStateFuzzer {
    private static final CommandScript SCRIPT = CommandScript.of(CommandScript.ofCommands(RecordedScenes.play(3)));

    private Tpm2PermanentStateFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Tpm2Sessions.run(input, SCRIPT);
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** States that a TPM has written. */
    static List<byte[]> seeds() {
        return List.of(Tpm2Sessions.newState(), RecordedScenes.usedState());
    }
}
