package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_ECC_POINT (Part 2, 11.2.5.2).
 *
 * @param x the coordinate as it came, with or without leading zeros; at most 80 octets
 * @param y likewise
 */
public record TpmsEccPoint(Bytes x, Bytes y) {
    /** A point of which nothing is said, as in a template. */
    public static final TpmsEccPoint EMPTY = new TpmsEccPoint(Bytes.EMPTY, Bytes.EMPTY);

    /** Else TPM_RC_SIZE for a coordinate that is too long. */
    public static TpmsEccPoint unmarshal(WireReader in) {
        return new TpmsEccPoint(in.sized2(TpmLimits.MAX_ECC_KEY_BYTES), in.sized2(TpmLimits.MAX_ECC_KEY_BYTES));
    }

    /** TPM2B_ECC_POINT; TPM_RC_SIZE too if it is empty or its size is not that of the point. */
    public static TpmsEccPoint unmarshalSized(WireReader in) {
        int size = in.uint16();
        TpmRc.check(size != 0, TpmRc.SIZE);
        int start = in.position();
        TpmsEccPoint point = unmarshal(in);
        TpmRc.check(in.position() - start == size, TpmRc.SIZE);
        return point;
    }

    public void marshal(WireWriter out) {
        out.sized2(x).sized2(y);
    }

    /** TPM2B_ECC_POINT. */
    public void marshalSized(WireWriter out) {
        int mark = out.beginSized2();
        marshal(out);
        out.endSized2(mark);
    }
}
