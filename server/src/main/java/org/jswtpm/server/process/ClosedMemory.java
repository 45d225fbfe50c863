package org.jswtpm.server.process;

import java.io.IOException;

/**
 * Memory that no other process of the same user can look at, and that leaves no core, also where the kernel hands cores to a
 * program, which no limit stops.
 *
 * <p>The directory of such a process in /proc is root's. libvirt up to 8.0 looks there, at the link to the program, before it
 * lets a guest start; so this is done no sooner than a TPM gets power.
 */
public final class ClosedMemory {
    private static final int PR_SET_DUMPABLE = 4;

    private ClosedMemory() {}

    /** prctl(PR_SET_DUMPABLE, 0). */
    public static void close() throws IOException {
        if (WordCall.find("prctl").orElseThrow().call(PR_SET_DUMPABLE, 0, 0) < 0) {
            throw new IOException("prctl failed");
        }
    }
}
