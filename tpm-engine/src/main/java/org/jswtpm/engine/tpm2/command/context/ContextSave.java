package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.context.ContextSeal;
import org.jswtpm.engine.tpm2.context.SessionContext;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.state.ObjectContext;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmsContext;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ContextSave: gives an object or a session out, sealed; a session leaves the memory of the TPM by it.
 *
 * <p>Part 3, 28.2.
 */
public final class ContextSave implements Command<ContextSave.In, TpmsContext> {
    private static final int SAVE_HANDLE = 1;

    record In(Handle saveHandle) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(SAVE_HANDLE));
    }

    @Override
    public TpmsContext execute(In in, TpmState tpm) {
        TpmsContext context = in.saveHandle.type() == Handle.TYPE_TRANSIENT
                ? saveObject(tpm.objects().get(in.saveHandle), tpm)
                : saveSession(in.saveHandle, tpm);
        tpm.clearOrderly();
        return context;
    }

    private static TpmsContext saveObject(SlotObject object, TpmState tpm) {
        long sequence = tpm.objects().contextId() + 1;
        Handle kind = kindOf(object);
        byte[] contents = object instanceof SequenceObject hash
                ? write(hash)
                : ObjectContext.write((TpmObject) object, tpm.profile().stateFormatLevel());
        TpmsContext context = seal(sequence, kind, object.hierarchy(), contents, tpm);
        tpm.objects().setContextId(sequence);
        return context;
    }

    private static Handle kindOf(SlotObject object) {
        if (object.attributes().isSequence()) {
            return TpmsContext.SEQUENCE_OBJECT;
        }
        return object.attributes().has(SlotAttributes.ST_CLEAR) ? TpmsContext.ST_CLEAR_OBJECT : TpmsContext.OBJECT;
    }

    /** libtpms saves a CMAC too, but without its state, so that it cannot go on. */
    private static byte[] write(SequenceObject sequence) {
        check(!(sequence.state() instanceof SequenceState.BlockMac), TYPE.handle(SAVE_HANDLE));
        return ObjectContext.write(sequence);
    }

    private static TpmsContext saveSession(Handle handle, TpmState tpm) {
        Session session = tpm.sessions().get(handle);
        long sequence = tpm.sessions().save(handle);
        TpmsContext context = seal(sequence, handle, Handle.NULL, SessionContext.write(session), tpm);
        session.close();
        return context;
    }

    private static TpmsContext seal(long sequence, Handle kind, Handle hierarchy, byte[] contents, TpmState tpm) {
        try {
            ContextSeal seal = tpm.contextSeal(hierarchy);
            return new TpmsContext(sequence, kind, hierarchy, seal.seal(sequence, kind, contents));
        } finally {
            Arrays.fill(contents, (byte) 0);
        }
    }

    @Override
    public void marshal(TpmsContext out, WireWriter response) {
        out.marshal(response);
    }
}
