package org.jswtpm.server.cli;

/**
 * What the command line asks for.
 *
 * @param ctrl where the control channel listens; null where there is none
 * @param server where TPM commands are taken; null where they come by CMD_SET_DATAFD
 * @param state where the state lives; null where nobody said
 * @param log null where messages go to stderr with swtpm's own prefix
 * @param pid null where no process id is written
 * @param daemon detach from the terminal once ready
 * @param terminate end when the data connection is gone
 */
public record Settings(
        Endpoint ctrl,
        Endpoint server,
        State state,
        LogTarget log,
        Flags flags,
        Localities localities,
        PidTarget pid,
        boolean daemon,
        boolean terminate) {

    /**
     * A listening socket.
     *
     * @param path of a Unix socket; null for TCP
     * @param port of a TCP socket
     * @param bindAddress an IPv4 or IPv6 literal
     * @param interfaceName the scope of a link-local address, or null
     * @param mode the permission bits of the path
     * @param uid owner of the path, number or name, or null
     * @param gid group of the path, number or name, or null
     * @param flag {@code terminate} of the control channel: end when its last client goes; {@code disconnect} of the
     *     data channel: close the connection after each response
     */
    public record Endpoint(
            String path,
            int port,
            String bindAddress,
            String interfaceName,
            int mode,
            String uid,
            String gid,
            boolean flag) {
        /** Whether this is a Unix socket. */
        public boolean isUnix() {
            return path != null;
        }
    }

    /**
     * The state directory.
     *
     * @param mode the permission bits of state files
     * @param isModeGiven whether the user chose them; then no umask applies
     * @param lock whether the directory is locked
     * @param backup whether the permanent state before the last one is kept
     * @param fsync whether file and directory are synced at each write
     */
    public record State(String directory, int mode, boolean isModeGiven, boolean lock, boolean backup, boolean fsync) {}

    /**
     * Where messages go.
     *
     * @param file a path, {@code -} for nowhere, or null
     * @param fd an open descriptor, or -1
     * @param level lines indented by n spaces need a level above n; 0 is silence
     * @param prefix before every line; null for none
     * @param truncate empty the file first
     */
    public record LogTarget(String file, int fd, int level, String prefix, boolean truncate) {}

    /**
     * Start-up behaviour.
     *
     * @param needInit whether CMD_INIT starts the TPM; else it starts with the process
     * @param startup the TPM2_SU value of a TPM2_Startup that the process sends itself, or {@link #NO_STARTUP}
     * @param autoShutdown whether a forgotten TPM2_Shutdown is sent before the power goes
     */
    public record Flags(boolean needInit, int startup, boolean autoShutdown) {
        /** No TPM2_Startup is sent. */
        public static final int NO_STARTUP = -1;
    }

    /**
     * Locality policy.
     *
     * @param rejectFour refuse locality 4
     * @param allowSetLocality obey the in-band SetLocality command
     */
    public record Localities(boolean rejectFour, boolean allowSetLocality) {}

    /**
     * Where the process id is written.
     *
     * @param file a path, or null
     * @param fd an open regular file, or -1
     */
    public record PidTarget(String file, int fd) {}
}
