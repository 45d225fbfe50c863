package org.jswtpm.server.process;

import java.util.Arrays;

/**
 * Where the VM's own files are mapped so that all of the mapping is in the file: its code and constants, and the part of the AOT
 * cache that is only read. What can be written, or has a page that is not the file's, is none of them: had the VM found another
 * place for the cache than the one it was made for, it would have changed all of it.
 */
final class CleanMappings {
    private static final int HEX = 16;
    private static final String READ = " r--p ";
    private static final String READ_AND_RUN = " r-xp ";
    private static final String OWN_PAGES = "Anonymous:";
    private static final String NONE = " 0 kB";
    private static final String VM = "/libjvm.so";
    private static final String CACHE = ".aot";

    private long[] bounds = new long[8];
    private int used;

    private CleanMappings() {}

    /**
     * Reads {@code /proc/self/smaps}: for each mapping a line with its bounds, its permissions and its file, and behind it lines that
     * begin with a name and a colon.
     */
    static CleanMappings of(String smaps) {
        CleanMappings found = new CleanMappings();
        String head = "";
        int next;
        for (int at = 0; at < smaps.length(); at = next + 1) {
            next = smaps.indexOf('\n', at);
            if (next < 0) {
                next = smaps.length();
            }
            if (smaps.startsWith(OWN_PAGES, at)) {
                if (smaps.startsWith(NONE, next - NONE.length()) && isOfVm(head)) {
                    found.add(head);
                }
            } else if (isHead(smaps, at)) {
                head = smaps.substring(at, next);
            }
        }
        return found;
    }

    /** Names begin with capital letters, bounds are hexadecimal in small ones. */
    private static boolean isHead(String smaps, int at) {
        char first = smaps.charAt(at);
        return first >= '0' && first <= '9' || first >= 'a' && first <= 'f';
    }

    private static boolean isOfVm(String head) {
        int space = head.indexOf(' ');
        return space > 0
                && (head.startsWith(READ, space) || head.startsWith(READ_AND_RUN, space))
                && (head.endsWith(VM) || head.endsWith(CACHE));
    }

    private void add(String head) {
        int dash = head.indexOf('-');
        long start = Long.parseUnsignedLong(head, 0, dash, HEX);
        long end = Long.parseUnsignedLong(head, dash + 1, head.indexOf(' '), HEX);
        if (used == bounds.length) {
            bounds = Arrays.copyOf(bounds, used * 2);
        }
        bounds[used++] = start;
        bounds[used++] = end - start;
    }

    int count() {
        return used / 2;
    }

    long start(int mapping) {
        return bounds[2 * mapping];
    }

    long length(int mapping) {
        return bounds[2 * mapping + 1];
    }
}
