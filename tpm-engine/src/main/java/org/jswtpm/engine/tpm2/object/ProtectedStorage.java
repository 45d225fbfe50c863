package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SENSITIVE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM2B_PRIVATE: the sensitive area of an object under the protection of its parent (Part 1, 22). */
public final class ProtectedStorage {
    private ProtectedStorage() {}

    /** The private area of an object (SensitiveToPrivate). */
    public static Bytes wrap(
            TpmtSensitive sensitive, Bytes name, HashAlg nameAlg, TpmObject parent, RandomSource random) {
        byte[] data = marshal(sensitive, nameAlg);
        return outerWrap(parent).wrapWithIv(name, data, random);
    }

    /**
     * The sensitive area of an object (PrivateToSensitive).
     *
     * @param privateArea what {@link #wrap} made
     * @param name the Name of the object
     * @throws TpmException TPM_RC_INTEGRITY, _SENSITIVE for contents that are no sensitive area, _VALUE for the size of
     *     the initialization vector, _SIZE, or _INSUFFICIENT
     */
    public static TpmtSensitive unwrap(Bytes privateArea, Bytes name, TpmObject parent) {
        byte[] data = outerWrap(parent).unwrap(name, privateArea, true);
        try {
            WireReader in = WireReader.over(data, TpmRc.WIRE_FAULTS);
            int size = in.uint16();
            check(size == in.remaining(), SENSITIVE);
            return unmarshal(in);
        } finally {
            Arrays.fill(data, (byte) 0);
        }
    }

    private static TpmtSensitive unmarshal(WireReader in) {
        TpmtSensitive sensitive;
        try {
            sensitive = TpmtSensitive.unmarshal(in);
        } catch (TpmException e) {
            throw SENSITIVE.exception();
        }
        check(in.remaining() == 0, SENSITIVE);
        return sensitive;
    }

    /** TPM2B_SENSITIVE with an auth value of the size of a digest; to be wiped by the caller. */
    static byte[] marshal(TpmtSensitive sensitive, HashAlg nameAlg) {
        WireWriter out = new WireWriter();
        try (Secret auth = AuthValue.padded(sensitive.authValue(), nameAlg.digestSize())) {
            new TpmtSensitive(sensitive.type(), auth, sensitive.seedValue(), sensitive.sensitive()).marshalSized(out);
            return out.toArray();
        } finally {
            out.wipe();
        }
    }

    private static OuterWrap outerWrap(TpmObject parent) {
        return new OuterWrap(parent.publicArea(), parent.sensitive().seedValue());
    }
}
