package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM2B_PRIVATE of a duplicate: the sensitive area on its way to another parent, under an inner and an outer protection, of
 * which each may be missing (Part 1, 23.3).
 */
public final class DuplicateArea {
    private DuplicateArea() {}

    /** The duplicate of an object with a sensitive area (SensitiveToDuplicate). */
    public static Bytes wrap(TpmObject object, Optional<InnerWrap> inner, Optional<OuterWrap> outer) {
        byte[] data = ProtectedStorage.marshal(object.sensitive(), object.nameAlg());
        if (inner.isPresent()) {
            byte[] plain = data;
            data = inner.get().wrap(object.name(), plain);
            Arrays.fill(plain, (byte) 0);
        }
        return outer.isPresent() ? outer.get().wrap(object.name(), data) : Bytes.wrap(data);
    }

    /**
     * The sensitive area of a duplicate (DuplicateToSensitive).
     *
     * @param name the Name of the object
     * @throws TpmException TPM_RC_INTEGRITY, _SIZE, _INSUFFICIENT or _TYPE
     */
    public static TpmtSensitive unwrap(
            Bytes duplicate, Bytes name, Optional<InnerWrap> inner, Optional<OuterWrap> outer) {
        byte[] data = outer.isPresent() ? outer.get().unwrap(name, duplicate, false) : duplicate.toArray();
        try {
            if (inner.isPresent()) {
                byte[] wrapped = data;
                data = inner.get().unwrap(name, wrapped);
                Arrays.fill(wrapped, (byte) 0);
            }
            return unmarshal(WireReader.over(data, TpmRc.WIRE_FAULTS));
        } finally {
            Arrays.fill(data, (byte) 0);
        }
    }

    private static TpmtSensitive unmarshal(WireReader in) {
        int size = in.uint16();
        check(size == in.remaining(), SIZE);
        TpmtSensitive sensitive = TpmtSensitive.unmarshal(in);
        if (in.remaining() != 0) {
            sensitive.close();
            throw SIZE.exception();
        }
        return sensitive;
    }
}
