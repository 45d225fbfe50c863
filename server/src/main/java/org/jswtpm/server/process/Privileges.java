package org.jswtpm.server.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ServerSocketChannel;

/**
 * {@code --chroot} and {@code --runas}: what this process gives up before it opens a file. The C library applies a change
 * of user to all threads.
 */
public final class Privileges {
    private static final long MAX_UID = 0xffff_ffffL;

    private Privileges() {}

    /**
     * chroot, and "/" as the working directory.
     *
     * @throws IOException with a message for the user
     */
    public static void enterRoot(String directory) throws IOException {
        // where Netty makes a directory, if it is missing
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

    private static void becomeNamed(String user) throws IOException {
        int[] ids = Accounts.userNamed(user);
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.of("initgroups", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .call(arena.allocateFrom(user), ids[1]);
        }
        become(ids[0], ids[1]);
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
