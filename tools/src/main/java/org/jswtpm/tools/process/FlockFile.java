package org.jswtpm.tools.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file locked by flock(2), until it is closed. The locks of java.nio are those of fcntl(2): they keep out neither
 * swtpm's programs, which use flock, nor another thread of this process.
 */
public final class FlockFile implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int MODE = 0775;
    private static final int LOCK_EX = 2;

    private final int descriptor;

    private FlockFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Creates the file if it is missing, and waits for its lock. */
    public static FlockFile lock(Path path) throws IOException {
        FlockFile file = new FlockFile(LinuxCalls.open(path.toString(), O_RDWR | O_CREAT | O_CLOEXEC, MODE));
        try {
            LinuxCalls.call("flock", file.descriptor, LOCK_EX);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        LinuxCalls.call("close", descriptor);
    }
}
