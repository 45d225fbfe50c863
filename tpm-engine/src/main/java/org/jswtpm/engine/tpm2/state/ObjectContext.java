package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/** The contents of an object's context: ANY_OBJECT, as the permanent state has it for persistent objects. */
public final class ObjectContext {
    private ObjectContext() {}

    /** The contents, as the StateFormatLevel wants them; the caller's to wipe. */
    public static byte[] write(TpmObject object, int stateFormatLevel) {
        try (Secret octets = ObjectCodec.encode(object, stateFormatLevel)) {
            return octets.expose();
        }
    }

    /** The contents of a sequence's context; the caller's to wipe. */
    public static byte[] write(SequenceObject sequence) {
        WireWriter out = new WireWriter();
        try {
            StateWriter.header(out, StateBlock.ANY_OBJECT);
            out.uint32(sequence.attributes().bits());
            SequenceCodec.write(sequence, out);
            StateWriter.end(out);
            return out.toArray();
        } finally {
            out.wipe();
        }
    }

    /**
     * The object or sequence of {@code contents}.
     *
     * @throws TpmException TPM_RC_INTEGRITY if no TPM has written them, although they were sealed with its secrets: who has its
     *     state has those, too
     */
    public static SlotObject read(byte[] contents) {
        StateReader in = StateReader.over(contents);
        try {
            int version = in.header(StateBlock.ANY_OBJECT);
            SlotAttributes attributes =
                    new SlotAttributes(in.at("ANY_OBJECT.attributes").uint32());
            if (!attributes.has(SlotAttributes.OCCUPIED)) {
                throw in.fault("are those of an empty slot");
            }
            SlotObject object = SlotCodec.read(in, attributes);
            in.at("ANY_OBJECT").end(version);
            return object;
        } catch (TpmException | StateFault e) {
            throw TpmRc.INTEGRITY.exception();
        }
    }
}
