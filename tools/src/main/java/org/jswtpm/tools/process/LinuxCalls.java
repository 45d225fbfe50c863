package org.jswtpm.tools.process;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls themselves, each linked when it is called. What a failure says is what errno means. */
final class LinuxCalls {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
    /** The size of each field of struct utsname, and which of them is the version. */
    private static final int UTSNAME_FIELD = 65;

    private static final int UTSNAME_FIELDS = 6;
    private static final int UTSNAME_VERSION = 3;

    private LinuxCalls() {}

    /** open(2) with a mode; the descriptor. */
    static int open(String path, int flags, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MethodHandle open = link("open", Linker.Option.firstVariadicArg(2), INT, ADDRESS, INT, INT);
            return check((int) open.invokeExact(errno, arena.allocateFrom(path), flags, mode), errno);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** read(2): what one call gives. */
    static byte[] read(int descriptor, int limit) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MethodHandle read = link("read", null, LONG, INT, ADDRESS, LONG);
            MemorySegment buffer = arena.allocate(limit);
            return taken(buffer, check((int) (long) read.invokeExact(errno, descriptor, buffer, (long) limit), errno));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** getrandom(2): random octets, of which up to 256 come at once. */
    static byte[] getrandom(int count) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MethodHandle getrandom = link("getrandom", null, LONG, ADDRESS, LONG, INT);
            MemorySegment buffer = arena.allocate(count);
            return taken(buffer, check((int) (long) getrandom.invokeExact(errno, buffer, (long) count, 0), errno));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static byte[] taken(MemorySegment buffer, int length) {
        byte[] octets = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        buffer.fill((byte) 0); // it may have been a secret
        return octets;
    }

    /** A call of two numbers, such as flock. */
    static void call(String name, int first, int second) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            check((int) link(name, null, INT, INT, INT).invokeExact(errno, first, second), errno);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** A call of one number, such as close, setuid and setgid. */
    static void call(String name, int argument) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            check((int) link(name, null, INT, INT).invokeExact(errno, argument), errno);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** getuid(2), which does not fail. */
    static int userNumber() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) link("getuid", null, INT).invokeExact(errno(arena));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** setenv(3), which replaces. */
    static void setenv(String name, String value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MethodHandle setenv = link("setenv", null, INT, ADDRESS, ADDRESS, INT);
            check((int) setenv.invokeExact(errno, arena.allocateFrom(name), arena.allocateFrom(value), 1), errno);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** initgroups(3): the groups of a user, by its name. */
    static void initGroups(String user, int group) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MethodHandle initgroups = link("initgroups", null, INT, ADDRESS, INT);
            check((int) initgroups.invokeExact(errno, arena.allocateFrom(user), group), errno);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** uname(2): the version of the kernel, which is the day of its making. */
    static String kernelVersion() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MemorySegment names = arena.allocate(UTSNAME_FIELDS * UTSNAME_FIELD);
            check((int) link("uname", null, INT, ADDRESS).invokeExact(errno, names), errno);
            return names.getString(UTSNAME_VERSION * UTSNAME_FIELD);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** getpwnam(3): the numbers of a user and its group; null where there is no such user. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static int[] user(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle getpwnam = link("getpwnam", null, ADDRESS, ADDRESS);
            MemorySegment entry = (MemorySegment) getpwnam.invokeExact(errno(arena), arena.allocateFrom(name));
            if (entry.address() == 0) {
                return null;
            }
            // struct passwd: two pointers (name, password), then uid and gid
            MemorySegment passwd = entry.reinterpret(2 * ADDRESS.byteSize() + 2 * Integer.BYTES);
            long ids = 2 * ADDRESS.byteSize();
            return new int[] {passwd.get(INT, ids), passwd.get(INT, ids + Integer.BYTES)};
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** A function, which takes the place of errno before its own arguments. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    private static MethodHandle link(
            String name, Linker.Option variadic, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor function = FunctionDescriptor.of(result, arguments);
        Linker.Option errno = Linker.Option.captureCallState("errno");
        var symbol = linker.defaultLookup().findOrThrow(name);
        return variadic == null
                ? linker.downcallHandle(symbol, function, errno)
                : linker.downcallHandle(symbol, function, errno, variadic);
    }

    private static MemorySegment errno(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    @SuppressWarnings("restricted") // the C library ends its texts with a NUL
    private static int check(int result, MemorySegment state) throws Throwable {
        if (result >= 0) {
            return result;
        }
        VarHandle errno = Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, INT));
        MemorySegment text = (MemorySegment) strerror.invokeExact((int) errno.get(state, 0L));
        throw new IOException(text.reinterpret(Long.MAX_VALUE).getString(0));
    }

    private static IOException failure(Throwable thrown) {
        return thrown instanceof IOException failure
                ? failure
                : new IOException("A system call could not be made", thrown);
    }
}
