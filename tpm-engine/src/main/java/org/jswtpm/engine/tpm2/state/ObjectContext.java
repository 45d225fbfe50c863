package org.jswtpm.engine.tpm2.state;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** The contents of an object's context: ANY_OBJECT, as the permanent state has it for persistent objects. */
public final class ObjectContext {
    private static final Handle NO_EVICT_HANDLE = new Handle(0);

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

    /** The sequence of {@code contents}, which this TPM or libtpms has written. */
    public static SequenceObject readSequence(byte[] contents) {
        StateReader in = StateReader.over(contents);
        int version = in.header(StateBlock.ANY_OBJECT);
        SlotAttributes attributes =
                new SlotAttributes(in.at("ANY_OBJECT.attributes").uint32());
        SequenceObject sequence = SequenceCodec.read(in, attributes);
        in.at("ANY_OBJECT").end(version);
        return sequence;
    }

    /** Whether {@code contents} are those of a sequence. */
    public static boolean isSequence(byte[] contents) {
        StateReader in = StateReader.over(contents);
        in.header(StateBlock.ANY_OBJECT);
        return new SlotAttributes(in.at("ANY_OBJECT.attributes").uint32()).isSequence();
    }

    /** The object of {@code contents}, which this TPM or libtpms has written. */
    public static TpmObject read(byte[] contents) {
        ObjectCodec.Saved saved = ObjectCodec.read(StateReader.over(contents), NO_EVICT_HANDLE);
        for (byte[] number : saved.numbers()) {
            Arrays.fill(number, (byte) 0);
        }
        return saved.object();
    }
}
