package org.jswtpm.engine.tpm2.x509;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Writes elements of DER (ITU-T X.690). */
public final class Der {
    static final Bytes NULL = Bytes.hex("0500");

    private static final int INTEGER = 0x02;
    private static final int CONTEXT = 0xA0;
    private static final int SHORT_LENGTH = 0x7F;
    private static final int OCTET_LENGTH = 0xFF;
    private static final int SIGN_BIT = 0x80;

    private Der() {}

    /** A SEQUENCE of elements. */
    public static Bytes sequence(Bytes... elements) {
        return element(DerElement.SEQUENCE, elements);
    }

    /** Elements under the tag [number], as a certificate's version is. */
    public static Bytes tagged(int number, Bytes... elements) {
        return element(CONTEXT + number, elements);
    }

    /** A BIT STRING that holds these octets. */
    static Bytes bitString(Bytes... octets) {
        return element(DerElement.BIT_STRING, Bytes.zeros(1), join(octets));
    }

    /** An INTEGER that is not negative. */
    public static Bytes integer(long value) {
        return integer(new WireWriter().uint64(value).toBytes());
    }

    /** An INTEGER that is not negative, of octets. */
    public static Bytes integer(Bytes octets) {
        int first = 0;
        while (first < octets.size() - 1 && octets.get(first) == 0) {
            first++;
        }
        Bytes digits = octets.slice(first, octets.size() - first);
        return digits.get(0) < SIGN_BIT ? element(INTEGER, digits) : element(INTEGER, Bytes.zeros(1), digits);
    }

    private static Bytes element(int tag, Bytes... parts) {
        Bytes contents = join(parts);
        WireWriter out = new WireWriter().uint8(tag);
        int length = contents.size();
        if (length <= SHORT_LENGTH) {
            out.uint8(length);
        } else if (length <= OCTET_LENGTH) {
            out.uint8(0x81).uint8(length);
        } else {
            out.uint8(0x82).uint16(length);
        }
        return out.bytes(contents).toBytes();
    }

    private static Bytes join(Bytes... parts) {
        WireWriter out = new WireWriter();
        for (Bytes part : parts) {
            out.bytes(part);
        }
        return out.toBytes();
    }
}
