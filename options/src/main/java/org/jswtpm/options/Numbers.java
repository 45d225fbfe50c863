package org.jswtpm.options;

/** Numbers as the C library reads them from a command line. */
public final class Numbers {
    /** What stands for a text that is no number. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long UINT32 = 0xffff_ffffL;

    private Numbers() {}

    /** sscanf's {@code %u}: the digits that the text begins with, modulo 2^32; what follows them does not matter. */
    public static long unsigned(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        boolean negative = start < text.length() && text.charAt(start) == '-';
        if (negative || start < text.length() && text.charAt(start) == '+') {
            start++;
        }
        long value = 0;
        int i = start;
        for (; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            value = Math.min(value * 10 + digit, UINT32);
        }
        if (i == start) {
            return NONE;
        }
        return (negative ? -value : value) & UINT32;
    }

    /** strtoul with base 0 over the whole text: decimal, {@code 0x} hexadecimal or {@code 0} octal. */
    public static long anyBase(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text, 2, text.length(), 16);
            }
            if (text.length() > 1 && text.charAt(0) == '0') {
                return Long.parseUnsignedLong(text, 1, text.length(), 8);
            }
            return Long.parseUnsignedLong(text, 10);
        } catch (NumberFormatException e) {
            return NONE;
        }
    }
}
