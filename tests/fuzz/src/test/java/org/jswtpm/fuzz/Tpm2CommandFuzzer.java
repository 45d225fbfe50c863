package org.jswtpm.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm2.differential.RecordedScenes;

/** The whole path of TPM 2.0 commands: header, handles, sessions, parameters, actions, commit. */
public final class Tpm2CommandFuzzer {
    private static final int SEEDS = 40;
    private static final byte[] STATE = Tpm2Sessions.newState();

    private Tpm2CommandFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws StateException {
        Tpm2Sessions.run(STATE, CommandScript.of(input));
    }

    /** The scenes of the differential test, as this TPM sees them. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            seeds.add(CommandScript.ofCommands(RecordedScenes.play(i)));
        }
        return seeds;
    }
}
