package org.jswtpm.tools.process;

import java.io.IOException;

/** What uname(2) tells, also where there is no /proc. */
public final class KernelVersion {
    private KernelVersion() {}

    /** The version: a number and the day on which the kernel was made. */
    public static String get() throws IOException {
        return LinuxCalls.kernelVersion();
    }
}
