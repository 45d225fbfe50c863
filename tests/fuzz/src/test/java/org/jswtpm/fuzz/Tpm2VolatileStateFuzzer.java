package org.jswtpm.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.differential.RecordedScenes;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;
import org.jswtpm.engine.tpm2.oracle.UsedStates;
import org.jswtpm.engine.tpm2.state.SavedFailure;

/** The reader of a running TPM 2.0's state: it refuses a state, or everything in it can be used. */
public final class Tpm2VolatileStateFuzzer {
    private static final int HASH = 20;
    private static final List<Map<StateKind, byte[]>> STATES = List.of(
            RecordedScenes.runningStates(),
            UsedStates.withObjects(new TestHost()),
            UsedStates.withSequences(new TestHost()));

    private Tpm2VolatileStateFuzzer() {}

    /**
     * Called by Jazzer. The first octet says to which permanent state it belongs; the hash at the end is made right, since no
     * fuzzer would guess it.
     */
    public static void fuzzerTestOneInput(byte[] input) throws NoSuchAlgorithmException {
        if (input.length == 0) {
            return;
        }
        byte[] blob = Arrays.copyOfRange(input, 1, input.length + HASH);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(blob, 0, blob.length - HASH);
        System.arraycopy(sha1.digest(), 0, blob, blob.length - HASH, HASH);
        Map<StateKind, byte[]> states = new EnumMap<>(STATES.get((input[0] & 0xff) % STATES.size()));
        states.put(StateKind.VOLATILE, blob);
        TestHost host = new TestHost();
        states.forEach(host::put);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            // in failure mode for another reason than that the state says so is a find
            if (!Tpm2Oracle.isFailed(tpm) || !SavedFailure.isIn(states)) {
                Tpm2Oracle.examine(tpm);
            }
        } catch (StateException e) {
            // refused: as it should be
        }
    }

    /** The states of TPMs with keys, sessions and sequences, without their hashes. */
    static List<byte[]> seeds() {
        return List.of(seed(0), seed(1), seed(2));
    }

    private static byte[] seed(int number) {
        byte[] blob = STATES.get(number).get(StateKind.VOLATILE);
        byte[] seed = new byte[1 + blob.length - HASH];
        seed[0] = (byte) number;
        System.arraycopy(blob, 0, seed, 1, seed.length - 1);
        return seed;
    }
}
