package org.jswtpm.server.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.ServerSocketChannel;

/**
 * {@code --chroot} and {@code --runas}: what this process gives up before it opens a file. The C library applies a change
 * of user to all threads.
 */
public final class Privileges {
    private static final long MAX_UID = 0xffff_ffffL;
    /** Where struct passwd of 64-bit C libraries has pw_uid and pw_gid. */
    private static final long PW_UID = 16;

    private static final long PW_GID = 20;
    private static final long SIZE_OF_PASSWD = 48;

    private Privileges() {}

    /**
     * chroot, and "/" as the working directory.
     *
     * @throws IOException with a message for the user
     */
    public static void enterRoot(String directory) throws IOException {
        // a library that wants a temporary file must not look for the directory of the old root
        System.setProperty("java.io.tmpdir", "/");
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.of("chroot", ValueLayout.ADDRESS).call(arena.allocateFrom(directory));
            SystemCall.of("chdir", ValueLayout.ADDRESS).call(arena.allocateFrom("/"));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (--chroot " + directory + ")", e);
        }
    }

    /**
     * Opens the VM's libraries and the image of its classes, which are otherwise opened by their path when they are first
     * used: a new root does not have them, and a new user may not be let in to them.
     */
    public static void loadWhatStaysOutside() throws IOException {
        try (InputStream _ = Privileges.class.getModule().getResourceAsStream("module-info.class")) {
            ServerSocketChannel.open().close();
        }
    }

    /**
     * initgroups, setgid and setuid.
     *
     * @param user a name, or a number, which then is the group's, too
     * @throws IOException with a message for the user
     */
    public static void become(String user) throws IOException {
        long uid;
        try {
            uid = Long.parseUnsignedLong(user);
        } catch (NumberFormatException e) {
            becomeNamed(user);
            return;
        }
        if (uid < 0 || uid > MAX_UID) {
            throw new IOException("Error: uid " + user + " outside valid range.");
        }
        become((int) uid, (int) uid);
    }

    @SuppressWarnings("restricted") // the C library gives a whole struct passwd
    private static void becomeNamed(String user) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(user);
            MethodHandle getpwnam =
                    SystemCall.link("getpwnam", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment passwd = (MemorySegment) getpwnam.invokeExact(name);
            if (passwd.equals(MemorySegment.NULL)) {
                throw new IOException("Error: User '" + user + "' does not exist.");
            }
            MemorySegment entry = passwd.reinterpret(SIZE_OF_PASSWD);
            int uid = entry.get(ValueLayout.JAVA_INT, PW_UID);
            int gid = entry.get(ValueLayout.JAVA_INT, PW_GID);
            SystemCall.of("initgroups", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .call(name, gid);
            become(uid, gid);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("getpwnam could not be called", e);
        }
    }

    private static void become(int uid, int gid) throws IOException {
        try {
            SystemCall.of("setgid", ValueLayout.JAVA_INT).call(gid);
            SystemCall.of("setuid", ValueLayout.JAVA_INT).call(uid);
        } catch (IOException e) {
            throw new IOException("Error: " + e.getMessage() + " (--runas)", e);
        }
    }
}
