package org.jswtpm.fuzz;

import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.differential.RecordedScenes;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;
import org.jswtpm.engine.tpm2.oracle.UsedStates;

/** The reader of a TPM 2.0's permanent state: it refuses a state, or everything in it can be used. */
public final class Tpm2PermanentStateFuzzer {
    private Tpm2PermanentStateFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, input);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            Tpm2Oracle.startUp(tpm);
            Tpm2Oracle.examine(tpm);
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** States that a TPM has written. */
    static List<byte[]> seeds() {
        return List.of(
                Tpm2Sessions.newState(),
                RecordedScenes.usedState(),
                UsedStates.permanent(new TestHost()).get(StateKind.PERMANENT));
    }
}
