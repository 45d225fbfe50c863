package org.jswtpm.tools.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The system calls themselves, each linked when it is called. */
final class LinuxCalls {
    private LinuxCalls() {}

    /** open(2) with a mode; the descriptor. */
    static int open(String path, int flags, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Linker.Option variadic = Linker.Option.firstVariadicArg(2);
            MethodHandle open = link("open", variadic, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            return check("open", (int) open.invokeExact(arena.allocateFrom(path), flags, mode));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** read(2): what one call gives. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static byte[] read(int descriptor, int limit) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle read = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("read"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
            MemorySegment buffer = arena.allocate(limit);
            int length = check("read", (int) (long) read.invokeExact(descriptor, buffer, (long) limit));
            byte[] octets = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            buffer.fill((byte) 0); // it may have been a secret
            return octets;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** A call of two numbers, such as flock. */
    static void call(String name, int first, int second) throws IOException {
        try {
            check(name, (int)
                    link(name, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(first, second));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** A call of one number, such as close, setuid and setgid. */
    static void call(String name, int argument) throws IOException {
        try {
            check(name, (int) link(name, ValueLayout.JAVA_INT).invokeExact(argument));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** setenv(3), which replaces. */
    static void setenv(String name, String value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setenv = link("setenv", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            check("setenv", (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** initgroups(3): the groups of a user, by its name. */
    static void initGroups(String user, int group) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle initgroups = link("initgroups", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            check("initgroups", (int) initgroups.invokeExact(arena.allocateFrom(user), group));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** getpwnam(3): the numbers of a user and its group; null where there is no such user. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static int[] user(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle getpwnam = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("getpwnam"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment entry = (MemorySegment) getpwnam.invokeExact(arena.allocateFrom(name));
            if (entry.address() == 0) {
                return null;
            }
            // struct passwd: two pointers (name, password), then uid and gid
            MemorySegment passwd = entry.reinterpret(2 * ValueLayout.ADDRESS.byteSize() + 2 * Integer.BYTES);
            long ids = 2 * ValueLayout.ADDRESS.byteSize();
            return new int[] {
                passwd.get(ValueLayout.JAVA_INT, ids), passwd.get(ValueLayout.JAVA_INT, ids + Integer.BYTES)
            };
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    private static MethodHandle link(String name, MemoryLayout... arguments) {
        return link(name, null, arguments);
    }

    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    private static MethodHandle link(String name, Linker.Option option, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
        var function = linker.defaultLookup().findOrThrow(name);
        return option == null
                ? linker.downcallHandle(function, descriptor)
                : linker.downcallHandle(function, descriptor, option);
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed");
        }
        return result;
    }
}
