package org.jswtpm.server.platform;

/**
 * Whether there is memory for a command. To run out of it in its middle would be a fault of the TPM, for good; a command
 * that is not begun can be sent again.
 */
final class Headroom {
    /** Several times what the largest state takes while it is written, which is what takes most. */
    private static final long NEEDED = 6 * 1024 * 1024;

    /** A heap that is this much larger than what is free has to be that small on purpose. */
    private static final int LARGEST_SHARE = 8;

    private final Runtime runtime = Runtime.getRuntime();

    boolean isThere() {
        if (isFree()) {
            return true;
        }
        // much of what counts as taken is not in use any more
        System.gc();
        return isFree();
    }

    private boolean isFree() {
        long most = runtime.maxMemory();
        long free = most - runtime.totalMemory() + runtime.freeMemory();
        return free >= Math.min(NEEDED, most / LARGEST_SHARE);
    }
}
