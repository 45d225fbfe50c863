package org.jswtpm.engine.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Octets that nobody may see: a seed, an auth value, a private part, a session key.
 *
 * <p>A {@code Secret} owns its array: it copies in, lends inside {@link #use}, compares in constant time and wipes on
 * {@link #close}. It has no {@code equals} on purpose, and prints its length only.
 */
public final class Secret implements AutoCloseable {
    private final byte[] octets;

    private Secret(byte[] octets) {
        this.octets = octets;
    }

    /** A copy of {@code octets}; the caller still has to wipe its own array. */
    public static Secret copyOf(byte[] octets) {
        return new Secret(octets.clone());
    }

    /** Takes {@code octets} over without a copy; the caller must not use the array again. */
    public static Secret take(byte[] octets) {
        return new Secret(octets);
    }

    /** A secret of no octets, such as an auth value that was never set. */
    public static Secret empty() {
        return new Secret(new byte[0]);
    }

    /** An independent copy, to be closed by its owner. */
    public Secret copy() {
        return new Secret(octets.clone());
    }

    /** How many octets. */
    public int size() {
        return octets.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** Lends the octets to {@code reader}, which keeps no reference and changes nothing. */
    public <T> T use(Function<byte[], T> reader) {
        return reader.apply(octets);
    }

    /** As {@link #use}, without a result. */
    public void lend(Consumer<byte[]> reader) {
        reader.accept(octets);
    }

    /** A copy that the caller wipes. Each call of this is a place where a secret leaves its owner. */
    public byte[] expose() {
        return octets.clone();
    }

    /** Copies the octets into an array that the caller wipes; a place where a secret leaves its owner, as {@link #expose}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    /** A copy without trailing zeros, as auth values count (Part 1, 19.6.4.3); the caller wipes it. */
    public byte[] exposeWithoutTrailingZeros() {
        return Arrays.copyOf(octets, sizeWithoutTrailingZeros());
    }

    /** Whether the octets are the same; the time taken depends on the lengths only. */
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(octets, other.octets);
    }

    /** Whether the octets are the same; the time taken depends on the lengths only. */
    public boolean matches(byte[] other) {
        return MessageDigest.isEqual(octets, other);
    }

    /** The octets without their trailing zeros, as auth values are kept (Part 1, 19.6.4.3); a new secret. */
    public Secret withoutTrailingZeros() {
        return new Secret(exposeWithoutTrailingZeros());
    }

    private int sizeWithoutTrailingZeros() {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** The array itself, for the readers and writers of this room. */
    byte[] array() {
        return octets;
    }

    /** Wipes the octets. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[" + octets.length + " octets]";
    }
}
