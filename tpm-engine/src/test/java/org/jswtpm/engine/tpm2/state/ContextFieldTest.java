package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.context.ContextSeal;
import org.jswtpm.engine.tpm2.context.SessionContext;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.oracle.StateWalk;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;
import org.jswtpm.engine.tpm2.oracle.UsedStates;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmsContext;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/**
 * Who has a TPM's state has the secrets that seal its contexts, too: values that no field expects in every field of a context that
 * is sealed well.
 */
class ContextFieldTest {
    private static final int STRIDE = Integer.getInteger("jswtpm.states.stride", 3);
    private static final byte[] NO_TWIN = {};

    private int refused;
    private int accepted;

    @Test
    void objects() throws StateException {
        walkObjects(UsedStates.withObjects(new TestHost()));
    }

    @Test
    void sequences() throws StateException {
        walkObjects(UsedStates.withSequences(new TestHost()));
    }

    private void walkObjects(Map<StateKind, byte[]> states) throws StateException {
        PermanentState permanent = PermanentState.read(states.get(StateKind.PERMANENT));
        VolatileState running = VolatileState.read(
                states.get(StateKind.VOLATILE), permanent.data().allocation());
        Secret proof = permanent.data().ownerSeed().proof();
        ContextSeal seal = new ContextSeal(
                proof, permanent.data().totalResetCount(), running.reset().clearCount());
        for (SlotObject object : running.objects()) {
            byte[] contents = object instanceof SequenceObject sequence
                    ? ObjectContext.write(sequence)
                    : ObjectContext.write((TpmObject) object, 1);
            walk(states, contents, changed -> context(seal, 1, TpmsContext.OBJECT, Handle.OWNER, changed));
        }
    }

    /** The fourth session is saved; its context is that of each loaded one. */
    @Test
    void sessions() throws StateException {
        Map<StateKind, byte[]> states = UsedStates.withObjects(new TestHost());
        PermanentState permanent = PermanentState.read(states.get(StateKind.PERMANENT));
        VolatileState running = VolatileState.read(
                states.get(StateKind.VOLATILE), permanent.data().allocation());
        ContextSeal seal = new ContextSeal(
                running.reset().nullSeed().proof(),
                permanent.data().totalResetCount(),
                running.reset().clearCount());
        int[] array = running.reset().contextArray();
        int entry = 0;
        while (array[entry] <= SessionSlots.MAX_LOADED) {
            entry++;
        }
        int sequence = array[entry];
        for (Session session : running.sessions()) {
            if (session != null) {
                int type = session.isPolicy() ? Handle.TYPE_POLICY_SESSION : Handle.TYPE_HMAC_SESSION;
                Handle handle = new Handle(type << 24 | entry);
                walk(
                        states,
                        SessionContext.write(session),
                        changed -> context(seal, sequence, handle, Handle.NULL, changed));
            }
        }
    }

    private interface Sealing {
        String seal(byte[] contents);
    }

    private static String context(ContextSeal seal, long sequence, Handle kind, Handle hierarchy, byte[] contents) {
        WireWriter out = new WireWriter();
        Bytes blob = seal.seal(sequence, kind, contents);
        new TpmsContext(sequence, kind, hierarchy, blob).marshal(out);
        return out.toBytes().toString();
    }

    private void walk(Map<StateKind, byte[]> states, byte[] contents, Sealing sealing) {
        int before = accepted;
        load(states, sealing.seal(contents), "nothing");
        assertTrue(accepted > before, "as it is");
        new StateWalk(contents, NO_TWIN, STRIDE)
                .over(contents.length, (changed, place) -> load(states, sealing.seal(changed), place));
        assertTrue(refused > 0);
    }

    private void load(Map<StateKind, byte[]> states, String context, String place) {
        TestHost host = new TestHost();
        states.forEach(host::put);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            Tpm2Oracle.makeRoom(tpm);
            if (Tpm2Oracle.examineContext(tpm, context)) {
                accepted++;
            } else {
                refused++;
            }
        } catch (StateException | RuntimeException e) {
            throw new AssertionError("changed: " + place, e);
        }
    }
}
