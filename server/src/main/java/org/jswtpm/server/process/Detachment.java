package org.jswtpm.server.process;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @return the exit status for this process
     */
    public static int start() throws IOException {
        int[] pipe = LinuxCalls.pipe();
        byte[][] arguments = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
        byte[][] environment = environment(pipe[1]);
        String program = Files.readSymbolicLink(Path.of("/proc/self/exe")).toString();
        int pid = LinuxCalls.spawn(program, arguments, environment);
        LinuxCalls.close(pipe[1]);
        try (FileInputStream ready = new FileInputStream("/proc/self/fd/" + pipe[0])) {
            if (ready.read() >= 0) {
                return 0;
            }
        }
        return LinuxCalls.await(pid);
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

    private static byte[][] environment(int readyFd) throws IOException {
        byte[][] inherited = split(Files.readAllBytes(Path.of("/proc/self/environ")));
        byte[][] environment = new byte[inherited.length + 1][];
        System.arraycopy(inherited, 0, environment, 0, inherited.length);
        environment[inherited.length] = (READY_FD + "=" + readyFd).getBytes(StandardCharsets.US_ASCII);
        return environment;
    }

    /** The octets between NULs, as they are: words of a command line need not be in any encoding. */
    private static byte[][] split(byte[] joined) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (byte octet : joined) {
            if (octet == 0) {
                parts.add(part.toByteArray());
                part.reset();
            } else {
                part.write(octet);
            }
        }
        return parts.toArray(new byte[0][]);
    }
}
