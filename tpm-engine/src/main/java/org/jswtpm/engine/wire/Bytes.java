package org.jswtpm.engine.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets that never change and are no secret. */
public final class Bytes {
    /** No octets. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** A copy of {@code octets}. */
    public static Bytes copyOf(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /** A copy of {@code length} octets from {@code offset}. */
    public static Bytes copyOf(byte[] octets, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** Takes {@code octets} over without a copy; the caller must not use the array again. */
    public static Bytes wrap(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets);
    }

    /** From hexadecimal digits; blanks are allowed. */
    public static Bytes hex(String digits) {
        return wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** {@code size} zero octets. */
    public static Bytes zeros(int size) {
        return wrap(new byte[size]);
    }

    /** How many octets. */
    public int size() {
        return octets.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at {@code index}, 0 to 255. */
    public int get(int index) {
        return octets[index] & 0xff;
    }

    /** A copy. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Copies all octets to {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    /** The {@code length} octets from {@code offset}. */
    public Bytes slice(int offset, int length) {
        return copyOf(octets, offset, length);
    }

    /** These octets and then {@code next}. */
    public Bytes then(Bytes next) {
        byte[] joined = Arrays.copyOf(octets, octets.length + next.octets.length);
        next.copyTo(joined, octets.length);
        return wrap(joined);
    }

    /** The array itself, for the readers and writers of this room; they do not change it. */
    byte[] array() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
