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
import org.jswtpm.engine.tpm12.state.SavedFailure;
import org.jswtpm.engine.tpm12.state.UsedStates;
import org.jswtpm.engine.tpm2.TestHost;

/** The readers of a TPM 1.2's volatile and saved states: they refuse a state, or everything in it can be used. */
public final class Tpm12RunningStateFuzzer {
    private static final int HASH = 20;
    private static final UsedStates RUNNING = UsedStates.running();
    private static final UsedStates SLEEPING = UsedStates.sleeping();

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
        boolean isSleeping = (input[0] & 1) != 0;
        UsedStates used = isSleeping ? SLEEPING : RUNNING;
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, used.states().get(StateKind.PERMANENT));
        host.put(isSleeping ? StateKind.SAVE_STATE : StateKind.VOLATILE, blob);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host)) {
            tpm.powerOn();
            if (isSleeping) {
                Tpm12Oracle.examineSleeper(tpm, used.script());
            } else if (!Tpm12Oracle.isFailed(tpm) || !SavedFailure.isIn(blob)) {
                Tpm12Oracle.examine(tpm, used.script());
            }
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** Both states of a TPM with sessions and more, without their hashes. */
    static List<byte[]> seeds() {
        return List.of(
                seed(0, RUNNING.states().get(StateKind.VOLATILE)),
                seed(1, SLEEPING.states().get(StateKind.SAVE_STATE)));
    }

    private static byte[] seed(int control, byte[] blob) {
        byte[] seed = new byte[1 + blob.length - HASH];
        seed[0] = (byte) control;
        System.arraycopy(blob, 0, seed, 1, seed.length - 1);
        return seed;
    }
}
