package org.jswtpm.tools.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * CK_TOKEN_INFO (PKCS #11, 3.2):
 *
 * <pre>
 *   0  label            32 octets, padded with blanks, as the next three
 *  32  manufacturerID   32
 *  64  model            16
 *  80  serialNumber     16
 *  96  flags            CK_FLAGS, and numbers that are of no interest here
 * </pre>
 */
record TokenInfo(byte[] label, byte[] manufacturer, byte[] model, byte[] serial, long flags) {
    /** More than the structure has. */
    static final long SIZE = 256;

    private static final long LOGIN_REQUIRED = 0x4;

    static TokenInfo of(MemorySegment info) {
        return new TokenInfo(
                field(info, 0, 32),
                field(info, 32, 32),
                field(info, 64, 16),
                field(info, 80, 16),
                info.get(ValueLayout.JAVA_LONG, 96));
    }

    private static byte[] field(MemorySegment info, long offset, long length) {
        byte[] padded = info.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(padded, StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8);
    }

    boolean needsLogin() {
        return (flags & LOGIN_REQUIRED) != 0;
    }

    /** Whether it is one that a URI means. */
    boolean isMeantBy(Pkcs11Uri uri) {
        return uri.allows("token", label)
                && uri.allows("manufacturer", manufacturer)
                && uri.allows("model", model)
                && uri.allows("serial", serial);
    }
}
