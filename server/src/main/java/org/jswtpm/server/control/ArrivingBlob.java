package org.jswtpm.server.control;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A state blob as far as it has come. Its array grows with what comes, whatever length was announced. */
final class ArrivingBlob implements AutoCloseable {
    private static final int FIRST_SIZE = 8 * 1024;

    private final int length;
    private final BlobBudget.Share share;
    private byte[] octets = new byte[0];
    private int filled;

    /** @param length what was announced */
    ArrivingBlob(int length, BlobBudget.Share share) {
        this.length = length;
        this.share = share;
    }

    /** The octets that are still to come. */
    int missing() {
        return length - filled;
    }

    /** Takes all that remains in {@code source}, which is no more than is missing. */
    void add(ByteBuffer source) {
        int count = source.remaining();
        if (filled + count > octets.length) {
            grow(Math.min(length, Math.max(Math.max(FIRST_SIZE, filled + count), 2 * octets.length)));
        }
        source.get(octets, filled, count);
        filled += count;
    }

    private void grow(int size) {
        share.take(size - octets.length);
        byte[] smaller = octets;
        octets = Arrays.copyOf(smaller, size);
        Arrays.fill(smaller, (byte) 0);
    }

    /** The whole blob, once nothing is missing; wiped by {@link #close}. */
    byte[] octets() {
        return octets;
    }

    /** Wipes it. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
        octets = new byte[0];
        share.giveBack();
    }
}
