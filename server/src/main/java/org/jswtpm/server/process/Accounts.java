package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The numbers of users and groups. */
public final class Accounts {
    /** Where struct passwd and struct group of 64-bit C libraries have pw_uid and gr_gid. */
    private static final long ID = 16;

    private static final long PW_GID = 20;
    private static final long SIZE_OF_ENTRY = 32;

    private Accounts() {}

    /**
     * A user, by name or number.
     *
     * @return the number, and -1 for null
     */
    public static long user(String user) throws IOException {
        return user == null ? -1 : isNumber(user) ? Long.parseLong(user) : userNamed(user)[0] & 0xffff_ffffL;
    }

    /** As {@link #user}, of a group. */
    public static long group(String group) throws IOException {
        return group == null
                ? -1
                : isNumber(group) ? Long.parseLong(group) : find("getgrnam", "Group", group)[0] & 0xffff_ffffL;
    }

    /** The number of a user and that of the group of the user. */
    static int[] userNamed(String user) throws IOException {
        return find("getpwnam", "User", user);
    }

    @SuppressWarnings("restricted") // the C library gives a whole entry
    private static int[] find(String function, String kind, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle find =
                    SystemCall.link(function, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment found = (MemorySegment) find.invokeExact(arena.allocateFrom(name));
            if (found.equals(MemorySegment.NULL)) {
                throw new IOException("Error: " + kind + " '" + name + "' does not exist.");
            }
            MemorySegment entry = found.reinterpret(SIZE_OF_ENTRY);
            return new int[] {entry.get(ValueLayout.JAVA_INT, ID), entry.get(ValueLayout.JAVA_INT, PW_GID)};
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(function + " could not be called", e);
        }
    }

    private static boolean isNumber(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!Character.isDigit(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
