package org.jswtpm.tools.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The user as whom this process runs. */
public final class ProcessUser {
    private ProcessUser() {}

    /**
     * Becomes another user, for good, with that user's groups.
     *
     * @param user a name, or a number, which is then the number of the group as well
     * @throws IOException if there is no such user or this process may not become it; the message is for the user
     */
    public static void become(String user) throws IOException {
        int uid;
        int gid;
        if (isNumber(user)) {
            try {
                uid = Integer.parseUnsignedInt(user);
            } catch (NumberFormatException e) {
                throw new IOException("Error: uid " + user + " outside valid range.");
            }
            gid = uid;
        } else {
            int[] ids = LinuxCalls.user(user);
            if (ids == null) {
                throw new IOException("Error: User '" + user + "' does not exist.");
            }
            uid = ids[0];
            gid = ids[1];
            try {
                LinuxCalls.initGroups(user, gid);
            } catch (IOException e) {
                throw new IOException("Error: initgroups() failed: " + e.getMessage());
            }
        }
        set("setgid", gid);
        set("setuid", uid);
    }

    /** Whether it is the user number 0, whatever its name is. */
    public static boolean isRoot() {
        try {
            return LinuxCalls.userNumber() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(String call, int number) throws IOException {
        try {
            LinuxCalls.call(call, number);
        } catch (IOException e) {
            throw new IOException(
                    "Error: " + call + "(" + Integer.toUnsignedString(number) + ") failed: " + e.getMessage());
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
