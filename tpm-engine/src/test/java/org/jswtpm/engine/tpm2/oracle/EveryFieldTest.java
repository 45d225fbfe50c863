package org.jswtpm.engine.tpm2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.state.SavedFailure;
import org.junit.jupiter.api.Test;

/**
 * Values that no field expects in every field of a TPM 2.0's states: a state is refused with a reason, or everything in it can be
 * used.
 */
class EveryFieldTest {
    private static final int HASH = 20;
    /** Every so many changes are tried; {@code -Djswtpm.states.stride=1} tries them all. */
    private static final int STRIDE = Integer.getInteger("jswtpm.states.stride", 3);

    /** What differs little from what another walk has tried. */
    private static final int SPARSE = 7;

    private int refused;
    private int accepted;

    @Test
    void permanentStates() {
        walk(StateKind.PERMANENT, 0, STRIDE, UsedStates::permanent);
    }

    /** The profile, sets of commands by their codes, and what objects in NV have more and less. */
    @Test
    void permanentStatesWithAProfile() {
        walk(StateKind.PERMANENT, 0, SPARSE * STRIDE, host -> UsedStates.permanent(withDefaultV1(host)));
    }

    private static TestHost withDefaultV1(TestHost host) {
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.setProfile("{\"Name\":\"default-v1\"}");
            tpm.powerOn();
            return host;
        } catch (ProfileException | StateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void volatileStatesWithObjects() {
        walk(StateKind.VOLATILE, HASH, STRIDE, UsedStates::withObjects);
    }

    @Test
    void volatileStatesWithSequences() {
        walk(StateKind.VOLATILE, HASH, STRIDE, UsedStates::withSequences);
    }

    private void walk(StateKind kind, int hashSize, int stride, Function<TestHost, Map<StateKind, byte[]>> maker) {
        Map<StateKind, byte[]> states = maker.apply(new TestHost());
        examine(states, "nothing", false);
        assertEquals(1, accepted, "as it is");
        byte[] state = states.get(kind);
        int failure = kind == StateKind.VOLATILE ? SavedFailure.offset(state) : 0;
        int end = state.length - hashSize;
        new StateWalk(state, maker.apply(new TestHost(21)).get(kind), stride).over(end, (changed, place) -> {
            if (hashSize != 0) {
                byte[] hash = Hasher.of(Digest.SHA1).update(changed, 0, end).digest();
                System.arraycopy(hash, 0, changed, end, hashSize);
            }
            Map<StateKind, byte[]> damaged = new EnumMap<>(states);
            damaged.put(kind, changed);
            examine(damaged, place, kind == StateKind.VOLATILE && changed[failure] != state[failure]);
        });
        assertTrue(refused > 0 && accepted > 1, refused + " refused, " + accepted + " accepted");
    }

    /** @param isFailureSet whether the octet was changed that tells of failure mode: the TPM may be in it for no other reason */
    private void examine(Map<StateKind, byte[]> states, String place, boolean isFailureSet) {
        TestHost host = new TestHost();
        states.forEach(host::put);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            accepted++;
            if (!states.containsKey(StateKind.VOLATILE)) {
                Tpm2Oracle.startUp(tpm);
            }
            if (!isFailureSet || !Tpm2Oracle.isFailed(tpm)) {
                Tpm2Oracle.examine(tpm);
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
