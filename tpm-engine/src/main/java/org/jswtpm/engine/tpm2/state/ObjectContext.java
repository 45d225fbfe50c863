package org.jswtpm.engine.tpm2.state;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Secret;

/** The contents of an object's context: ANY_OBJECT, as the permanent state has it for persistent objects. */
public final class ObjectContext {
    private static final Handle NO_EVICT_HANDLE = new Handle(0);

    private ObjectContext() {}

    /** The contents; the caller's to wipe. */
    public static byte[] write(TpmObject object) {
        try (Secret octets = ObjectCodec.encode(object)) {
            return octets.expose();
        }
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
