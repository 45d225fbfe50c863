package org.jswtpm.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jswtpm.engine.StateException;

/** The reader of a TPM 1.2's permanent state: it refuses a state, or the TPM runs on it. */
public final class Tpm12PermanentStateFuzzer {
    private static final int HASH = 20;
    private static final CommandScript SCRIPT =
            CommandScript.of(Tpm12Runs.seeds().get(0));

    private Tpm12PermanentStateFuzzer() {}

    /** Called by Jazzer. The hash at the end is made right, since no fuzzer would guess it. */
    public static void fuzzerTestOneInput(byte[] input) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(input);
        byte[] blob = Arrays.copyOf(input, input.length + HASH);
        System.arraycopy(hash, 0, blob, input.length, HASH);
        try {
            Tpm12Runs.run(blob, SCRIPT);
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** A state that libtpms has written, without its hash. */
    static List<byte[]> seeds() {
        byte[] blob = Tpm12Runs.ownedState();
        return List.of(Arrays.copyOf(blob, blob.length - HASH));
    }
}
