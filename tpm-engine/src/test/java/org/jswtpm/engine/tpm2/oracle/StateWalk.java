package org.jswtpm.engine.tpm2.oracle;

import java.util.Arrays;

/**
 * Puts values that fields do not expect into each place of a state, one at a time.
 *
 * <p>Amid what is random, or all the same, no field begins; there only every now and then a place is taken.
 */
public final class StateWalk {
    /** Gets each changed state, which is its own. */
    @FunctionalInterface
    public interface Reader {
        /** @param place says where the state was changed, and to what */
        void read(byte[] changed, String place);
    }

    /** What is smallest, largest, no algorithm, another algorithm, and around the counts that there are. */
    private static final long[][] VALUES = {
        {0, 1, 0x7f, 0x80, 0xff}, {0, 0x0004, 0x0010, 0x8000, 0xffff}, {0, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}
    };

    private static final int[] WIDTHS = {1, 2, 4};
    /** How many octets around a place have to be alike. */
    private static final int AROUND = 6;

    private static final int SAMPLE = 16;

    private final byte[] state;
    private final byte[] twin;
    private final int stride;
    private int tried;

    /**
     * @param twin the same state of another TPM to which the same was done: what differs is random
     * @param stride 1 for each change; else only every so many
     */
    public StateWalk(byte[] state, byte[] twin, int stride) {
        this.state = state;
        this.twin = twin;
        this.stride = stride;
    }

    /** Gives each changed state to {@code reader}, up to {@code end}. */
    public void over(int end, Reader reader) {
        for (int at = 0; at < end; at++) {
            if (at % SAMPLE == 0 || !isDull(at)) {
                for (int i = 0; i < WIDTHS.length && at + WIDTHS[i] <= end; i++) {
                    walk(at, WIDTHS[i], VALUES[i], reader);
                }
            }
        }
    }

    private void walk(int at, int width, long[] values, Reader reader) {
        for (long value : values) {
            byte[] changed = state.clone();
            for (int i = 0; i < width; i++) {
                changed[at + i] = (byte) (value >>> Byte.SIZE * (width - 1 - i));
            }
            if (!Arrays.equals(changed, state) && tried++ % stride == 0) {
                reader.read(changed, ("offset %d, %0" + 2 * width + "x").formatted(at, value));
            }
        }
    }

    private boolean isDull(int at) {
        boolean isRandom = at > 0 && twin.length == state.length && isDifferent(at - 1) && isDifferent(at);
        return isRandom || isUniform(at);
    }

    /** An octet amid random ones is so, too, though it may be the same by chance. */
    private boolean isDifferent(int at) {
        return state[at] != twin[at] || at + 1 < state.length && state[at + 1] != twin[at + 1];
    }

    private boolean isUniform(int at) {
        if (at < AROUND || at + AROUND > state.length) {
            return false;
        }
        boolean isSame = true;
        int seen = 0;
        for (int i = at - AROUND; i < at + AROUND; i++) {
            isSame &= state[i] == state[at];
            seen += contains(i) ? 0 : 1;
        }
        return isSame || seen >= 2 * AROUND - 1;
    }

    /** Whether an octet before {@code at}, in the same surroundings, is the same. */
    private boolean contains(int at) {
        for (int i = Math.max(at - AROUND, 0); i < at; i++) {
            if (state[i] == state[at]) {
                return true;
            }
        }
        return false;
    }
}
