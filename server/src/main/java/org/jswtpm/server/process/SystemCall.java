package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** A function of the C library that tells its failure by a negative result and errno. Linked when it is made. */
final class SystemCall {
    private final String name;
    private final MethodHandle handle;

    private SystemCall(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** A function that gives an int. */
    static SystemCall of(String name, MemoryLayout... arguments) {
        return new SystemCall(
                name,
                link(
                        name,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                        Linker.Option.captureCallState("errno")));
    }

    /** As {@link #of}, of a function that takes any arguments behind the first {@code fixed} ones. */
    static SystemCall variadic(String name, int fixed, MemoryLayout... arguments) {
        return new SystemCall(
                name,
                link(
                        name,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                        Linker.Option.captureCallState("errno"),
                        Linker.Option.firstVariadicArg(fixed)));
    }

    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static MethodHandle link(String name, FunctionDescriptor function, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
    }

    /**
     * Calls it.
     *
     * @return its result, not negative
     * @throws IOException with its name and what errno says
     */
    long call(Object... arguments) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = ((Number) handle.invokeWithArguments(all)).longValue();
            if (result < 0) {
                throw new IOException(name + " failed: " + text(errno(state)));
            }
            return result;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(name + " could not be called", e);
        }
    }

    private static int errno(MemorySegment state) {
        VarHandle errno = Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
        return (int) errno.get(state, 0L);
    }

    @SuppressWarnings("restricted") // the C library ends its texts with a NUL
    private static String text(int errno) throws Throwable {
        MethodHandle strerror = link("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
