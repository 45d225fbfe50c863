package org.jswtpm.store.format;

/** Unsigned integers in network order. */
final class BigEndian {
    private BigEndian() {}

    static int uint16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    static long uint32(byte[] octets, int at) {
        return (long) uint16(octets, at) << 16 | uint16(octets, at + 2);
    }

    static void putUint16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    static void putUint32(byte[] octets, int at, int value) {
        putUint16(octets, at, value >> 16);
        putUint16(octets, at + 2, value);
    }
}
