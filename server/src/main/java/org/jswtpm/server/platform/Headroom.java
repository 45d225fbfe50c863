package org.jswtpm.server.platform;

/**
 * Whether there is memory for a command. To run out of it in its middle would be a fault of the TPM, for good; a command
 * that is not begun can be sent again.
 *
 * <p>Meanwhile clients can take what their budgets allow, 4 MiB for state blobs and less than 2 for the rest, and a command takes 2 at
 * most, while it writes the largest state: a command that finds more than twice the sum cannot run out of it by what they do.
 */
final class Headroom {
    private static final long NEEDED = 16 * 1024 * 1024;

    /** A heap that is this much larger than what is free has to be that small on purpose. */
    private static final int LARGEST_SHARE = 4;

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
