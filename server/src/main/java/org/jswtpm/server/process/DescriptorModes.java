package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;
import org.jswtpm.store.FileModes;

/**
 * Modes set by descriptor. The calls are linked when the first mode is set, since the umask and files that were there rarely
 * ask for it.
 */
public final class DescriptorModes implements FileModes {
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_TRUNC = 0x200;
    private static final int O_APPEND = 0x400;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x8_0000;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE = 1;
    private static final int SIZE_OF_STATX = 256;
    /** Where struct statx has the type and the mode. */
    private static final long STX_MODE = 28;

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int BLOCK_DEVICE = 0060000;

    private SystemCall open;
    private SystemCall statx;
    private SystemCall fchmod;

    @Override
    public FileChannel create(Path file, int mode) throws IOException {
        return open(file, O_WRONLY | O_CREAT | O_EXCL, mode);
    }

    /**
     * Opens a file to write to it, and creates it if need be.
     *
     * @param truncate whether it is emptied; else all is written behind what it has
     */
    public FileChannel openToWrite(Path file, int mode, boolean truncate) throws IOException {
        return open(file, O_WRONLY | O_CREAT | (truncate ? O_TRUNC : O_APPEND), mode);
    }

    @Override
    public void set(Path file, int mode) throws IOException {
        open(file, 0, mode).close();
    }

    /** fchmod. */
    public synchronized void set(int descriptor, int mode) throws IOException {
        if (fchmod == null) {
            fchmod = SystemCall.of("fchmod", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        }
        fchmod.call(descriptor, mode);
    }

    @SuppressWarnings("resource") // closing the channel closes the stream and the descriptor
    private FileChannel open(Path file, int flags, int mode) throws IOException {
        int number = openDescriptor(file, flags | O_NONBLOCK | noFollow() | O_CLOEXEC, mode);
        FileChannel channel =
                InheritedDescriptor.of(number, file.toString()).output().getChannel();
        try {
            requireFile(file, number);
            set(number, mode);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private synchronized int openDescriptor(Path file, int flags, int mode) throws IOException {
        if (open == null) {
            open = SystemCall.variadic("open", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        }
        try (Arena arena = Arena.ofConfined()) {
            return (int) open.call(arena.allocateFrom(file.toString()), flags, mode);
        }
    }

    /** By statx, whose structure is the same on every processor. What is at the path may be something else by now. */
    private synchronized void requireFile(Path file, int number) throws IOException {
        if (statx == null) {
            statx = SystemCall.of(
                    "statx",
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(SIZE_OF_STATX, Long.BYTES);
            statx.call(number, arena.allocateFrom(""), AT_EMPTY_PATH, STATX_TYPE, status);
            int type = status.get(ValueLayout.JAVA_SHORT, STX_MODE) & TYPE;
            if (type != REGULAR && type != BLOCK_DEVICE) {
                throw new FileSystemException(file.toString(), null, "It is not a regular file");
            }
        }
    }

    /** The processors differ in it. */
    private static int noFollow() {
        return System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x2_0000;
    }
}
