package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls by which a process detaches itself from its terminal. Each is linked when it is called, since most are
 * called once in the life of a process and most processes call none.
 */
final class LinuxCalls {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final long SIG_IGN = 1;
    private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final short POSIX_SPAWN_SETSID = 0x80;
    /** Larger than posix_spawnattr_t (336 octets) and sigset_t (128) of glibc, and than musl's. */
    private static final int SIZE_OF_STRUCTS = 1024;

    private LinuxCalls() {}

    /** open("/dev/null"). */
    static int openNull() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // open is variadic: without a mode, its two arguments go as those of a plain function
            MethodHandle open = link("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            return check(
                    "open of /dev/null", (int) open.invokeExact(arena.allocateFrom("/dev/null"), O_RDWR | O_CLOEXEC));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** dup2 of {@code source} over each of {@code descriptors}. */
    static void redirect(int source, int... descriptors) throws IOException {
        try {
            MethodHandle dup2 = link("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            for (int descriptor : descriptors) {
                check("dup2", (int) dup2.invokeExact(source, descriptor));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** pipe: the reading end and the writing end, both of which stay open over exec. */
    static int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            MethodHandle pipe = link("pipe", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            check("pipe", (int) pipe.invokeExact(ends));
            return ends.toArray(ValueLayout.JAVA_INT);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** read of one octet, waiting for it; false at the end. */
    static boolean readsOctet(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octet = arena.allocate(1);
            MethodHandle read = link(
                    "read", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
            return (long) read.invokeExact(descriptor, octet, 1L) == 1;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** The environment as it is in octets, which need not be in any encoding. */
    @SuppressWarnings("restricted") // the C library ends list and texts with a NUL
    static byte[][] environment() {
        MemorySegment variable = Linker.nativeLinker().defaultLookup().findOrThrow("environ");
        MemorySegment list = variable.reinterpret(ValueLayout.ADDRESS.byteSize())
                .get(ValueLayout.ADDRESS, 0)
                .reinterpret(Long.MAX_VALUE);
        int count = 0;
        while (!list.getAtIndex(ValueLayout.ADDRESS, count).equals(MemorySegment.NULL)) {
            count++;
        }
        byte[][] environment = new byte[count][];
        for (int i = 0; i < count; i++) {
            MemorySegment text = list.getAtIndex(ValueLayout.ADDRESS, i).reinterpret(Long.MAX_VALUE);
            int length = 0;
            while (text.get(ValueLayout.JAVA_BYTE, length) != 0) {
                length++;
            }
            environment[i] = text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
        return environment;
    }

    /** close. */
    static void close(int descriptor) throws IOException {
        try {
            MethodHandle close = link("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            check("close", (int) close.invokeExact(descriptor));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /**
     * posix_spawn, in a session of its own and with no signal blocked. All descriptors that are not close-on-exec go
     * along, which java.lang.ProcessBuilder would close.
     *
     * @return the process id
     */
    static int spawn(String program, byte[][] arguments, byte[][] environment) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(SIZE_OF_STRUCTS, Long.BYTES);
            MemorySegment noSignals = arena.allocate(SIZE_OF_STRUCTS, Long.BYTES);
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            MethodHandle init = link("posix_spawnattr_init", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            MethodHandle setFlags =
                    link("posix_spawnattr_setflags", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_SHORT);
            MethodHandle setMask =
                    link("posix_spawnattr_setsigmask", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
            MethodHandle spawn = link(
                    "posix_spawn",
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS);
            checkZero("posix_spawnattr_init", (int) init.invokeExact(attributes));
            checkZero("posix_spawnattr_setflags", (int)
                    setFlags.invokeExact(attributes, (short) (POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK)));
            checkZero("posix_spawnattr_setsigmask", (int) setMask.invokeExact(attributes, noSignals));
            checkZero("posix_spawn", (int) spawn.invokeExact(
                    pid,
                    arena.allocateFrom(program),
                    MemorySegment.NULL,
                    attributes,
                    strings(arena, arguments),
                    strings(arena, environment)));
            return pid.get(ValueLayout.JAVA_INT, 0);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** Whether a signal is ignored: sigaction, whose structure begins with the handler. */
    static boolean isIgnored(int signal) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(SIZE_OF_STRUCTS, Long.BYTES);
            MethodHandle sigaction = link(
                    "sigaction", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
            check("sigaction", (int) sigaction.invokeExact(signal, MemorySegment.NULL, action));
            return action.get(ValueLayout.JAVA_LONG, 0) == SIG_IGN;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** signal, with SIG_DFL for each. */
    static void becomeDefault(int... signals) throws IOException {
        try {
            MethodHandle signal = link("signal", ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            for (int each : signals) {
                MemorySegment _ = (MemorySegment) signal.invokeExact(each, MemorySegment.NULL);
            }
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** execve; returns only by an exception. */
    static void exec(String program, byte[][] arguments, byte[][] environment) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle execve =
                    link("execve", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
            check("execve", (int) execve.invokeExact(
                    arena.allocateFrom(program), strings(arena, arguments), strings(arena, environment)));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    /** waitpid: the exit status, or 128 and the number of the signal that ended the process. */
    static int await(int pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            MethodHandle waitpid = link(
                    "waitpid", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            check("waitpid", (int) waitpid.invokeExact(pid, status, 0));
            int value = status.get(ValueLayout.JAVA_INT, 0);
            int signal = value & 0x7f;
            return signal == 0 ? value >> 8 & 0xff : 128 + signal;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a system call could not be made", e);
        }
    }

    private static MemorySegment strings(Arena arena, byte[][] strings) {
        MemorySegment list = arena.allocate(ValueLayout.ADDRESS, strings.length + 1L);
        for (int i = 0; i < strings.length; i++) {
            MemorySegment string = arena.allocate(strings[i].length + 1L);
            MemorySegment.copy(strings[i], 0, string, ValueLayout.JAVA_BYTE, 0, strings[i].length);
            list.setAtIndex(ValueLayout.ADDRESS, i, string);
        }
        return list;
    }

    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    private static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed");
        }
        return result;
    }

    private static void checkZero(String call, int error) throws IOException {
        if (error != 0) {
            throw new IOException(call + " failed with error " + error);
        }
    }
}
