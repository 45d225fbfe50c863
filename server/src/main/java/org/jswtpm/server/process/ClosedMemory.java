package org.jswtpm.server.process;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.NoSuchElementException;

/**
 * Memory that no other process of the same user can look at, and that leaves no core, also where the kernel hands cores to a
 * program, which no limit stops.
 *
 * <p>The directory of such a process in /proc is root's. libvirt up to 8.0 looks there, at the link to the program, before it
 * lets a guest start; so this is done no sooner than a TPM gets power.
 */
public final class ClosedMemory {
    private static final int PR_SET_DUMPABLE = 4;

    /** Null where there is none. */
    private final FileInputStream spare;

    private ClosedMemory(FileInputStream spare) {
        this.spare = spare;
    }

    /**
     * Keeps a descriptor for {@link #close}: the VM opens a library for the first system call, which the clients of a process
     * with few descriptors must not keep it from. Called before the root is changed.
     */
    public static ClosedMemory prepare() {
        try {
            return new ClosedMemory(new FileInputStream("/dev/null"));
        } catch (FileNotFoundException e) {
            return new ClosedMemory(null);
        }
    }

    /** prctl(PR_SET_DUMPABLE, 0). */
    public void close() throws IOException {
        if (spare != null) {
            spare.close();
        }
        try {
            if (WordCall.find("prctl").orElseThrow().call(PR_SET_DUMPABLE, 0, 0) < 0) {
                throw new IOException("prctl failed");
            }
        } catch (NoSuchElementException | LinkageError e) {
            throw new IOException("the system call for it could not be loaded", e);
        }
    }
}
