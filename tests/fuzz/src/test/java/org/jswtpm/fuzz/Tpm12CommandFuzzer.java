package org.jswtpm.fuzz;

import java.util.List;
import org.jswtpm.engine.StateException;

/** The path of TPM 1.2 commands, on a TPM that has an owner; what needs an authorization ends at its check. */
public final class Tpm12CommandFuzzer {
    private static final byte[] STATE = Tpm12Runs.ownedState();

    private Tpm12CommandFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws StateException {
        Tpm12Runs.run(STATE, CommandScript.of(input));
    }

    /** What a client begins with. */
    static List<byte[]> seeds() {
        return Tpm12Runs.seeds();
    }
}
