package org.jswtpm.server.socket.inherited;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.newsclub.net.unix.AFDatagramSocket;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A descriptor that this process was started with, named by its number.
 *
 * <p>It is used itself: to open {@code /proc/self/fd/n} anew is denied for what another user made, and a pipe of libvirt's
 * was made by root. It stays open until someone closes it.
 */
public final class InheritedDescriptor {
    /** The type of a file in st_mode, and three of its values (inode(7)). */
    private static final int TYPE = 0170000;

    private static final int REGULAR = 0100000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int DIRECTORY = 0040000;

    private final FileDescriptorCast cast;

    private InheritedDescriptor(FileDescriptorCast cast) {
        this.cast = cast;
    }

    /**
     * The descriptor with this number.
     *
     * @param what what it is wanted for, for the message
     * @throws IOException with a message for the user, if it is not open
     */
    public static InheritedDescriptor of(int number, String what) throws IOException {
        try {
            return new InheritedDescriptor(FileDescriptorCast.unsafeUsing(number));
        } catch (IOException e) {
            throw bad(number, what, "it is not open", e);
        }
    }

    /** {@link #of}, if it is a stream socket. */
    public static InheritedDescriptor ofSocket(int number, String what) throws IOException {
        InheritedDescriptor descriptor = of(number, what);
        if (!descriptor.cast.isAvailable(AFSocket.class)) {
            throw bad(number, what, "it is no socket", null);
        }
        return descriptor;
    }

    /** {@link #of}, if it is a socket for a stream or for datagrams. */
    public static InheritedDescriptor ofAnySocket(int number, String what) throws IOException {
        InheritedDescriptor descriptor = of(number, what);
        return descriptor.cast.isAvailable(AFDatagramSocket.class) ? descriptor : ofSocket(number, what);
    }

    /** {@link #of}, if it is no file, directory or block device. */
    public static InheritedDescriptor ofStream(int number, String what) throws IOException {
        InheritedDescriptor descriptor = of(number, what);
        int type = type(number);
        if (type == REGULAR || type == DIRECTORY || type == BLOCK_DEVICE) {
            throw bad(number, what, "a descriptor of this type is not supported", null);
        }
        return descriptor;
    }

    private static int type(int number) throws IOException {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self/fd/" + number), "unix:mode") & TYPE;
        } catch (NoSuchFileException e) {
            // a new root without /proc: the first read will tell
            return 0;
        }
    }

    private static IOException bad(int number, String what, String why, IOException cause) {
        return new IOException("Bad filedescriptor " + number + " for " + what + ": " + why, cause);
    }

    /** The descriptor as the JDK has it. */
    public FileDescriptor descriptor() {
        return cast.getFileDescriptor();
    }

    /** Reads from it; closing the stream closes the descriptor. */
    public FileInputStream input() {
        return new FileInputStream(descriptor());
    }

    /** Writes to it; closing the stream closes the descriptor. */
    public FileOutputStream output() {
        return new FileOutputStream(descriptor());
    }
}
