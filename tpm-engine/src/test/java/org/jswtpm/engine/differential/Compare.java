package org.jswtpm.engine.differential;

import java.util.Arrays;

/** How far two responses must agree. */
public enum Compare {
    /** Every octet. */
    ALL,
    /** The response code and the size: what else is in it depends on random numbers or on time. */
    SIZE,
    /** The response code only. */
    CODE;

    private static final int CODE_POSITION = 6;

    /** Whether both are the same, as far as it counts. */
    public boolean areSame(byte[] ours, byte[] theirs) {
        return switch (this) {
            case ALL -> Arrays.equals(ours, theirs);
            case SIZE -> ours.length == theirs.length && codeOf(ours) == codeOf(theirs);
            case CODE -> codeOf(ours) == codeOf(theirs);
        };
    }

    /** The code of a response. */
    public static int codeOf(byte[] response) {
        return intAt(response, CODE_POSITION);
    }

    /** The 32 bits at {@code at}: a response code at 6, a handle at 10. */
    public static int intAt(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }
}
