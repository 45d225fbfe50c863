package org.jswtpm.tools.process;

import java.io.IOException;

/**
 * A descriptor that this process was started with, named by its number. It is used itself: to open
 * {@code /proc/self/fd/n} anew is denied for a pipe that another user made, as libvirt's are, and is impossible for a socket.
 */
public final class InheritedDescriptor {
    private InheritedDescriptor() {}

    /**
     * What one read gives, as in swtpm: who writes a passphrase to a pipe need not close it.
     *
     * @param number the descriptor, which stays open
     * @param limit the most octets that are read
     */
    public static byte[] read(int number, int limit) throws IOException {
        return LinuxCalls.read(number, limit);
    }
}
