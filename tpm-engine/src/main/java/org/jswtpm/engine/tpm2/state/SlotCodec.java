package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.tpm2.object.ObjectSlots;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** Reads and writes the slots of objects in a volatile state: ANY_OBJECT, of an object, of a sequence, or empty. */
final class SlotCodec {
    private SlotCodec() {}

    /** Reads the slots; null stands for an empty one. */
    static SlotObject[] readSlots(StateReader outer) {
        StateReader in = outer.at("VOLATILE_STATE.objects").neededBlock();
        in.at("VOLATILE_STATE.objects, their number").count(TpmLimits.MAX_LOADED_OBJECTS);
        SlotObject[] objects = new SlotObject[TpmLimits.MAX_LOADED_OBJECTS];
        for (int i = 0; i < objects.length; i++) {
            int version = in.header(StateBlock.ANY_OBJECT);
            SlotAttributes attributes =
                    new SlotAttributes(in.at("ANY_OBJECT.attributes").uint32());
            if (attributes.has(SlotAttributes.OCCUPIED)) {
                objects[i] = read(in, attributes);
            }
            in.at("ANY_OBJECT").end(version);
        }
        return objects;
    }

    /** An object or a sequence, behind the attributes that ANY_OBJECT begins with. */
    static SlotObject read(StateReader in, SlotAttributes attributes) {
        return attributes.isSequence() ? SequenceCodec.read(in, attributes) : ObjectCodec.readTransient(in, attributes);
    }

    static void writeSlots(ObjectSlots slots, int stateFormatLevel, WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint16(TpmLimits.MAX_LOADED_OBJECTS);
        for (int i = 0; i < TpmLimits.MAX_LOADED_OBJECTS; i++) {
            Handle handle = new Handle((Handle.TYPE_TRANSIENT << 24) + i);
            if (slots.isPresent(handle)) {
                write(slots.get(handle), stateFormatLevel, out);
            } else {
                writeEmpty(out);
            }
        }
        out.endSized2(block);
    }

    private static void write(SlotObject object, int stateFormatLevel, WireWriter out) {
        if (!(object instanceof SequenceObject sequence)) {
            try (Secret octets = ObjectCodec.encode((TpmObject) object, stateFormatLevel)) {
                out.secret(octets);
            }
        } else if (sequence.state() instanceof SequenceState.BlockMac) {
            // libtpms writes such a sequence, but fails when the one that it read is used
            writeEmpty(out);
        } else {
            StateWriter.header(out, StateBlock.ANY_OBJECT);
            out.uint32(sequence.attributes().bits());
            SequenceCodec.write(sequence, out);
            StateWriter.end(out);
        }
    }

    private static void writeEmpty(WireWriter out) {
        StateWriter.header(out, StateBlock.ANY_OBJECT);
        out.uint32(0);
        StateWriter.end(out);
    }
}
