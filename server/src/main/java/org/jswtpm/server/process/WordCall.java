package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A function of the C library that takes up to three words, for what every process calls: all have one shape, which the VM
 * links once, and nothing is asked of errno. Linked as {@link SystemCall} does it, the first of them costs three times as much.
 * Registers carry words, so an int may go as one, and one that is not asked for does no harm.
 */
final class WordCall {
    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    private final String name;
    private final MethodHandle handle;

    private WordCall(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** Empty where the C library has no such function. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static Optional<WordCall> find(String name) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find(name);
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new WordCall(name, linker.downcallHandle(address.get(), SHAPE)));
    }

    /** Calls it. */
    int call(long first, long second, long third) throws IOException {
        try {
            return (int) handle.invokeExact(first, second, third);
        } catch (Throwable e) {
            throw new IOException(name + " could not be called", e);
        }
    }
}
