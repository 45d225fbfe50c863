package org.jswtpm.engine.tpm12.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.state.SavedFailure;
import org.jswtpm.engine.tpm12.state.UsedStates;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.oracle.StateWalk;
import org.junit.jupiter.api.Test;

/**
 * Values that no field expects in every field of a TPM 1.2's states: a state is refused with a reason, or everything in it can be
 * used.
 */
class EveryFieldTest {
    private static final int HASH = 20;
    /** Every so many changes are tried; {@code -Djswtpm.states.stride=1} tries them all. */
    private static final int STRIDE = Integer.getInteger("jswtpm.states.stride", 3);

    private int refused;
    private int accepted;

    @Test
    void permanentStates() {
        walk(StateKind.PERMANENT, UsedStates.permanent());
        assertTrue(refused > 0 && accepted > 1, refused + " refused, " + accepted + " accepted");
    }

    @Test
    void volatileStates() {
        walk(StateKind.VOLATILE, UsedStates.running());
        assertTrue(refused > 0 && accepted > 1, refused + " refused, " + accepted + " accepted");
    }

    /** They are read by TPM_Startup(ST_STATE). */
    @Test
    void savedStates() {
        walk(StateKind.SAVE_STATE, UsedStates.sleeping());
    }

    private void walk(StateKind kind, UsedStates used) {
        examine(used.states(), used.script(), "nothing", false);
        assertEquals(1, accepted, "as it is");
        byte[] state = used.states().get(kind);
        int failure = kind == StateKind.VOLATILE ? SavedFailure.offset(state) : 0;
        int end = state.length - HASH;
        new StateWalk(state, new byte[0], STRIDE).over(end, (changed, place) -> {
            byte[] hash = Hasher.of(Digest.SHA1).update(changed, 0, end).digest();
            System.arraycopy(hash, 0, changed, end, HASH);
            Map<StateKind, byte[]> damaged = new EnumMap<>(used.states());
            damaged.put(kind, changed);
            boolean isFailureSet = kind == StateKind.VOLATILE && changed[failure + 3] != state[failure + 3];
            examine(damaged, used.script(), place, isFailureSet);
        });
    }

    /** @param isFailureSet whether the test state was changed: the TPM may be in failure mode for no other reason */
    private void examine(Map<StateKind, byte[]> states, List<byte[]> script, String place, boolean isFailureSet) {
        TestHost host = new TestHost();
        states.forEach(host::put);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host)) {
            tpm.powerOn();
            accepted++;
            if (states.containsKey(StateKind.SAVE_STATE)) {
                Tpm12Oracle.examineSleeper(tpm, script);
            } else if (!isFailureSet || !Tpm12Oracle.isFailed(tpm)) {
                Tpm12Oracle.examine(tpm, script);
            }
        } catch (StateException e) {
            refused++;
            assertFalse(e.getMessage().isBlank(), place);
            assertEquals(0, host.commits(), place);
        } catch (RuntimeException e) {
            throw new AssertionError("changed: " + place, e);
        }
    }
}
