package org.jswtpm.engine.tpm2.x509;

import java.util.Optional;
import org.jswtpm.engine.wire.Bytes;

/**
 * One element of DER (ITU-T X.690, 8.1).
 *
 * @param tag the identifier octet
 * @param whole all octets
 * @param contents what the element holds
 */
public record DerElement(int tag, Bytes whole, Bytes contents) {
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    /** The element [3] of a certificate. */
    static final int EXTENSIONS = 0xA3;

    private static final int LONG_TAG = 0x1F;
    private static final int LONG_LENGTH = 0x80;

    /**
     * The element at {@code offset}. The length may take one octet more than it needs, as in libtpms.
     *
     * @return empty if there is none, or not all of it, or if its tag or length takes more octets than libtpms reads
     */
    static Optional<DerElement> read(Bytes octets, int offset) {
        int size = octets.size();
        if (size - offset < 2 || (octets.get(offset) & LONG_TAG) == LONG_TAG) {
            return Optional.empty();
        }
        int begin = offset + 2;
        int length = octets.get(offset + 1);
        if (length >= LONG_LENGTH) {
            int count = length - LONG_LENGTH;
            if (count < 1 || count > 2 || size - begin < count) {
                return Optional.empty();
            }
            length = octets.get(begin);
            if (count == 2) {
                length = length << Byte.SIZE | octets.get(begin + 1);
            }
            begin += count;
        }
        if (length > Short.MAX_VALUE || length > size - begin) {
            return Optional.empty();
        }
        return Optional.of(new DerElement(
                octets.get(offset), octets.slice(offset, begin + length - offset), octets.slice(begin, length)));
    }

    /** How many octets the tag and the length take. */
    int headerSize() {
        return whole.size() - contents.size();
    }
}
