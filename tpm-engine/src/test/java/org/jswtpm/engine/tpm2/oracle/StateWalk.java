package org.jswtpm.engine.tpm2.oracle;

import java.util.function.Consumer;

/** Puts values that fields do not expect into each place of a state, one at a time. */
public final class StateWalk {
    /** What is smallest, largest, no algorithm, and just beyond the counts that there are. */
    private static final long[][] VALUES = {
        {0, 1, 0x7f, 0x80, 0xff},
        {0, 1, 0x0010, 0x0004, 0x7fff, 0x8000, 0xffff},
        {0, 1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}
    };

    private static final int[] WIDTHS = {1, 2, 4};

    private static final int WINDOW = 12;
    private static final int SAMPLE = 16;

    private StateWalk() {}

    /** Gives each changed state to {@code reader}, which must not keep it. */
    public static void over(byte[] state, int begin, int end, Consumer<byte[]> reader) {
        for (int at = begin; at < end; at++) {
            if (at % SAMPLE != 0 && isDull(state, at)) {
                continue;
            }
            for (int i = 0; i < WIDTHS.length; i++) {
                if (at + WIDTHS[i] <= end) {
                    walk(state, at, WIDTHS[i], VALUES[i], reader);
                }
            }
        }
    }

    private static void walk(byte[] state, int at, int width, long[] values, Consumer<byte[]> reader) {
        long present = read(state, at, width);
        for (long value : values) {
            if (value != present) {
                byte[] changed = state.clone();
                write(changed, at, width, value);
                reader.accept(changed);
            }
        }
    }

    /** Whether {@code at} is amid random octets, or amid equal ones: no field begins there. */
    private static boolean isDull(byte[] state, int at) {
        if (at < WINDOW / 2 || at + WINDOW / 2 > state.length) {
            return false;
        }
        java.util.Set<Byte> different = new java.util.HashSet<>();
        for (int i = at - WINDOW / 2; i < at + WINDOW / 2; i++) {
            different.add(state[i]);
        }
        return different.size() == 1 || different.size() >= WINDOW - 1;
    }

    private static long read(byte[] octets, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | octets[at + i] & 0xff;
        }
        return value;
    }

    private static void write(byte[] octets, int at, int width, long value) {
        for (int i = 0; i < width; i++) {
            octets[at + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
    }
}
