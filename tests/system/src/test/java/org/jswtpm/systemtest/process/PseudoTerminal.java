package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.newsclub.net.unix.FileDescriptorCast;

/** A character device whose other end is ours: pty(7), as transparent as stty makes it. */
public final class PseudoTerminal implements AutoCloseable {
    private static final long TIOCGPTN = 0x8004_5430L;
    private static final long TIOCSPTLCK = 0x4004_5431L;

    private final RandomAccessFile master;
    private final Path device;

    private PseudoTerminal(RandomAccessFile master, Path device) {
        this.master = master;
        this.device = device;
    }

    /** A new one. */
    public static PseudoTerminal open() throws Exception {
        RandomAccessFile master = new RandomAccessFile("/dev/ptmx", "rw");
        int fd = FileDescriptorCast.using(master.getFD()).as(Integer.class);
        control(fd, TIOCSPTLCK);
        Path device = Path.of("/dev/pts/" + control(fd, TIOCGPTN));
        ChildProcess.run(Path.of("/"), Map.of(), List.of("stty", "-F", device.toString(), "raw", "-echo"))
                .requireSuccess();
        return new PseudoTerminal(master, device);
    }

    /** ioctl about an int, zero before. */
    @SuppressWarnings("restricted") // a call of the C library that Java has not
    private static int control(int fd, long request) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            if ((int) ioctl.invokeExact(fd, request, number) != 0) {
                throw new IOException("ioctl " + Long.toHexString(request) + " failed");
            }
            return number.get(ValueLayout.JAVA_INT, 0);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("ioctl could not be called", e);
        }
    }

    /** The device. */
    public Path device() {
        return device;
    }

    /** What is written here, the device reads, and the other way round. */
    public ByteChannel channel() {
        return master.getChannel();
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        master.close();
    }
}
