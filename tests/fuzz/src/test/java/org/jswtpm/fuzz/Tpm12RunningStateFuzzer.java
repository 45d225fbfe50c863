package org.jswtpm.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;

/** The readers of a TPM 1.2's volatile and saved states: they refuse a state, or the TPM goes on from it. */
public final class Tpm12RunningStateFuzzer {
    private static final int HASH = 20;
    private static final byte[] PERMANENT = Tpm12Runs.ownedState();
    private static final CommandScript SCRIPT =
            CommandScript.of(Tpm12Runs.seeds().get(0));

    private Tpm12RunningStateFuzzer() {}

    /** Called by Jazzer. The first octet says which state it is; the hash at the end is made right. */
    public static void fuzzerTestOneInput(byte[] input) throws NoSuchAlgorithmException {
        if (input.length == 0) {
            return;
        }
        byte[] blob = Arrays.copyOfRange(input, 1, input.length + HASH);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(blob, 0, blob.length - HASH);
        System.arraycopy(sha1.digest(), 0, blob, blob.length - HASH, HASH);
        try {
            Tpm12Runs.goOn(PERMANENT, kind(input[0]), blob, SCRIPT);
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    private static StateKind kind(byte control) {
        return (control & 1) == 0 ? StateKind.VOLATILE : StateKind.SAVE_STATE;
    }

    /** Both states of a TPM with sessions and more, without their hashes. */
    static List<byte[]> seeds() throws StateException {
        return List.of(seed((byte) 0), seed((byte) 1));
    }

    private static byte[] seed(byte control) throws StateException {
        byte[] blob = Tpm12Runs.runningState(PERMANENT, kind(control), SCRIPT);
        byte[] seed = new byte[1 + blob.length - HASH];
        seed[0] = control;
        System.arraycopy(blob, 0, seed, 1, seed.length - 1);
        return seed;
    }
}
