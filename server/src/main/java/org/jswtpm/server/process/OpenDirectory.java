package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A directory under a short name, where the length of a path is limited. */
public final class OpenDirectory implements AutoCloseable {
    private static final int O_DIRECTORY = 0x1_0000;
    private static final int O_DIRECTORY_OF_AARCH64 = 0x4000;
    private static final int O_CLOEXEC = 0x8_0000;

    private final int descriptor;

    private OpenDirectory(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens the directory at {@code path}. */
    public static OpenDirectory of(String path) throws IOException {
        boolean aarch64 = System.getProperty("os.arch").equals("aarch64");
        int flags = O_CLOEXEC | (aarch64 ? O_DIRECTORY_OF_AARCH64 : O_DIRECTORY);
        try (Arena arena = Arena.ofConfined()) {
            return new OpenDirectory((int) SystemCall.of("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .call(arena.allocateFrom(path), flags));
        }
    }

    /** Its short name, as long as it is open. */
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    @Override
    public void close() throws IOException {
        LinuxCalls.close(descriptor);
    }
}
