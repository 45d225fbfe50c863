package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_SENSITIVE, the sensitive area of an object (Part 2, 12.3.2.4). Its owner closes it.
 *
 * @param type what the object is
 * @param authValue at most 64 octets
 * @param seedValue the seed of a storage key, the obfuscation of a symmetric object, else empty
 * @param sensitive one prime of an RSA key, the private scalar of an ECC key, a symmetric key, or data
 */
public record TpmtSensitive(PublicType type, Secret authValue, Secret seedValue, Secret sensitive)
        implements AutoCloseable {
    /** Else TPM_RC_TYPE, or _SIZE. */
    public static TpmtSensitive unmarshal(WireReader in) {
        PublicType type = PublicType.unmarshal(in);
        Secret authValue = in.secret2(TpmLimits.MAX_DIGEST_SIZE);
        Secret seedValue = in.secret2(TpmLimits.MAX_DIGEST_SIZE);
        return new TpmtSensitive(type, authValue, seedValue, in.secret2(maxSize(type)));
    }

    /**
     * TPM2B_SENSITIVE; TPM_RC_SIZE too if its size is not that of the area.
     *
     * @return null for an empty buffer
     */
    public static TpmtSensitive unmarshalSized(WireReader in) {
        int size = in.uint16();
        if (size == 0) {
            return null;
        }
        int start = in.position();
        TpmtSensitive area = unmarshal(in);
        TpmRc.check(in.position() - start == size, TpmRc.SIZE);
        return area;
    }

    private static int maxSize(PublicType type) {
        return switch (type) {
            case RSA -> TpmLimits.MAX_RSA_PRIVATE_SIZE;
            case ECC -> TpmLimits.MAX_ECC_KEY_BYTES;
            case KEYED_HASH -> TpmLimits.MAX_SYM_DATA;
            case SYM_CIPHER -> TpmLimits.MAX_SYM_KEY_BYTES;
        };
    }

    /** An independent copy. */
    public TpmtSensitive copy() {
        return new TpmtSensitive(type, authValue.copy(), seedValue.copy(), sensitive.copy());
    }

    /** TPMT_SENSITIVE. The caller wipes {@code out}. */
    public void marshal(WireWriter out) {
        type.marshal(out);
        out.secret2(authValue).secret2(seedValue).secret2(sensitive);
    }

    /** TPM2B_SENSITIVE. The caller wipes {@code out}. */
    public void marshalSized(WireWriter out) {
        int mark = out.beginSized2();
        marshal(out);
        out.endSized2(mark);
    }

    @Override
    public void close() {
        authValue.close();
        seedValue.close();
        sensitive.close();
    }
}
