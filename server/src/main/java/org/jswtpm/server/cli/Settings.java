package org.jswtpm.server.cli;

import org.jswtpm.engine.TpmVersion;

/**
 * What the command line asks for.
 *
 * @param ctrl where the control channel is; null where there is none
 * @param server where TPM commands are taken; null where they come by CMD_SET_DATAFD
 * @param state where the state lives; null where nobody said
 * @param key what state files are encrypted with; null for plain ones
 * @param migrationKey what blobs that leave by the control channel are encrypted with; null for nothing
 * @param log null where messages go to stderr with swtpm's own prefix
 * @param pid null where no process id is written
 * @param profile null for none
 * @param pcap where the TPM's traffic is recorded; null for nowhere
 * @param daemon detach from the terminal once ready
 * @param terminate end when the data connection is gone
 */
public record Settings(
        TpmVersion version,
        Endpoint ctrl,
        Endpoint server,
        State state,
        KeySource key,
        KeySource migrationKey,
        LogTarget log,
        Flags flags,
        Localities localities,
        PidTarget pid,
        Migration migration,
        Profile profile,
        Pcap pcap,
        Confinement confinement,
        boolean daemon,
        boolean terminate) {

    /** The same, with TPM commands from somewhere else. */
    public Settings withServer(Endpoint other) {
        return new Settings(
                version,
                ctrl,
                other,
                state,
                key,
                migrationKey,
                log,
                flags,
                localities,
                pid,
                migration,
                profile,
                pcap,
                confinement,
                daemon,
                terminate);
    }

    /** The kinds of {@link Endpoint}. */
    public enum EndpointKind {
        /** A Unix socket that is made at a path. */
        UNIX,
        /** A TCP socket that is made. */
        TCP,
        /** An open descriptor that listens. */
        LISTENING_FD,
        /** An open descriptor that is connected. */
        CONNECTED_FD,
        /** A character device at a path. */
        DEVICE,
        /** A vTPM proxy of Linux that is made. */
        VTPM_PROXY
    }

    /**
     * A socket, to be made or inherited, or a device.
     *
     * @param path of a Unix socket or a device
     * @param port of a TCP socket
     * @param bindAddress an IPv4 or IPv6 literal
     * @param interfaceName the scope of a link-local address, or null
     * @param fd an open descriptor
     * @param mode the permission bits of the path
     * @param uid owner of the path, number or name, or null
     * @param gid group of the path, number or name, or null
     * @param flag {@code terminate} of the control channel: end when its last client goes; {@code disconnect} of the
     *     data channel: close the connection after each response
     */
    public record Endpoint(
            EndpointKind kind,
            String path,
            int port,
            String bindAddress,
            String interfaceName,
            int fd,
            int mode,
            String uid,
            String gid,
            boolean flag) {
        /** An open descriptor. */
        public static Endpoint ofDescriptor(EndpointKind kind, int fd, boolean flag) {
            return new Endpoint(kind, null, 0, null, null, fd, 0, null, null, flag);
        }

        /** A device; one that is made has no path yet. */
        static Endpoint ofDevice(EndpointKind kind, String path) {
            return new Endpoint(kind, path, 0, null, null, -1, 0, null, null, false);
        }
    }

    /** Where state can live. */
    public enum Backend {
        /** Files in a directory. */
        DIRECTORY,
        /** One file or block device. */
        FILE,
        /** The memory of this process. */
        MEMORY
    }

    /**
     * Where the state lives.
     *
     * @param location the directory or the file
     * @param mode the permission bits of state files, or -1 for the default; if given, no umask applies
     * @param lock whether other processes are kept out
     * @param backup whether the permanent state before the last one is kept; directories only
     * @param fsync whether file and directory are synced at each write; directories only
     * @param mustExist whether a missing permanent state is an error, and no TPM is made
     */
    public record State(
            Backend backend,
            String location,
            int mode,
            boolean lock,
            boolean backup,
            boolean fsync,
            boolean mustExist) {}

    /**
     * Where a key comes from.
     *
     * @param title {@code key} or {@code migration-key}, for messages
     * @param file a path; null where it is a descriptor
     * @param fd an open descriptor, or -1
     * @param passphrase whether a key is derived from what is read; else it is the key
     * @param binary whether the key is there as octets; else in hexadecimal digits
     * @param bits 128 or 256
     * @param sha512 whether the passphrase is hashed once; else PBKDF2 is used
     * @param remove whether the file is taken away once it is read
     */
    public record KeySource(
            String title,
            String file,
            int fd,
            boolean passphrase,
            boolean binary,
            int bits,
            boolean sha512,
            boolean remove) {}

    /**
     * Where messages go.
     *
     * @param file a path, {@code -} for nowhere, or null
     * @param fd an open descriptor, or -1
     * @param level lines indented by n spaces need a level above n; 0 is silence
     * @param prefix before every line; null for none
     * @param truncate empty the file first
     * @param explain whether lines are wanted that swtpm does not have
     */
    public record LogTarget(String file, int fd, int level, String prefix, boolean truncate, boolean explain) {
        /** Without explanations. */
        public LogTarget(String file, int fd, int level, String prefix, boolean truncate) {
            this(file, fd, level, prefix, truncate, false);
        }
    }

    /**
     * Start-up behaviour.
     *
     * @param needInit whether CMD_INIT starts the TPM; else it starts with the process
     * @param startup the Startup that the process sends itself: 0 for CLEAR, 1 for STATE, 2 for DEACTIVATED, or {@link #NO_STARTUP}
     * @param autoShutdown whether a forgotten TPM2_Shutdown is sent before the power goes
     */
    public record Flags(boolean needInit, int startup, boolean autoShutdown) {
        /** No Startup is sent. */
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

    /**
     * How this process behaves in a migration.
     *
     * @param incoming the state is locked only when it is received, or first used
     * @param releaseLockOutgoing the lock is given back once the state has been fetched
     */
    public record Migration(boolean incoming, boolean releaseLockOutgoing) {}

    /**
     * Where the profile of a new TPM 2.0 comes from: one of the first three, or a descriptor.
     *
     * @param name of a built-in profile, or null
     * @param json the profile itself, or null
     * @param file a path, or null
     * @param fd an open descriptor, or -1
     * @param removeDisabled what FIPS mode forbids is to go: {@code check}, {@code fips-host}, or null
     */
    public record Profile(String name, String json, String file, int fd, String removeDisabled) {}

    /**
     * Where the TPM's traffic is recorded.
     *
     * @param file a path, or null
     * @param fd an open descriptor, or -1
     * @param mode the permission bits of the file
     * @param truncate empty the file first
     * @param checksums whether IP and TCP checksums are computed
     */
    public record Pcap(String file, int fd, int mode, boolean truncate, boolean checksums) {}

    /** What the kernel does when a forbidden system call is made. */
    public enum SeccompAction {
        /** There is no filter. */
        NONE,
        /** It tells the audit log. */
        LOG,
        /** It ends the process. */
        KILL
    }

    /**
     * What this process gives up at its start.
     *
     * @param runAs the user to become, name or number, or null
     * @param chroot the directory that becomes its root, or null
     */
    public record Confinement(String runAs, String chroot, SeccompAction seccomp) {}
}
