package org.jswtpm.server.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/**
 * {@code --daemon}. A VM cannot fork, so the daemon is a second process: this one starts its own command line once more
 * in a session of its own, with all descriptors it inherited, and waits on a pipe. A byte in the pipe says that the
 * daemon is ready; the end of the pipe, that it is not going to be, and then its exit status is ours.
 */
public final class Detachment {
    private static final String READY_FD = "JSWTPM_READY_FD";

    private final int devNull;

    private Detachment(int devNull) {
        this.devNull = devNull;
    }

    /** Whether this process is the daemon that another one started. */
    public static boolean isDaemon() {
        return System.getenv(READY_FD) != null;
    }

    /**
     * Starts the daemon and waits until it is ready or has ended.
     *
     * @param words the arguments of this process behind the program's name
     * @return the exit status for this process
     */
    public static int start(String[] words) throws IOException {
        int[] pipe = LinuxCalls.pipe();
        OwnCommand command = OwnCommand.of(words);
        int pid = LinuxCalls.spawn(command.program(), command.words(), environment(pipe[1]));
        LinuxCalls.close(pipe[1]);
        return LinuxCalls.readsOctet(pipe[0]) ? 0 : LinuxCalls.await(pid);
    }

    /** In the daemon: opens what {@link #finish} needs, which a new root may not have. */
    public static Detachment begin() throws IOException {
        return new Detachment(LinuxCalls.openNull());
    }

    /** Tells the process that waits that the daemon is ready, and lets go of its output. */
    public void finish() throws IOException {
        int fd = Integer.parseInt(System.getenv(READY_FD));
        LinuxCalls.redirect(devNull, 1, 2);
        LinuxCalls.close(devNull);
        try (FileOutputStream ready =
                InheritedDescriptor.of(fd, "the end of the start").output()) {
            ready.write(0);
        }
    }

    private static byte[][] environment(int readyFd) {
        byte[][] inherited = LinuxCalls.environment();
        byte[][] environment = Arrays.copyOf(inherited, inherited.length + 1);
        environment[inherited.length] = (READY_FD + "=" + readyFd).getBytes(StandardCharsets.US_ASCII);
        return environment;
    }
}
