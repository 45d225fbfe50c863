package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a Unix socket has in a directory, where somebody else can write: it is made with its mode, and gets its owner by a
 * descriptor, so that nobody can lay a link between a look and a change.
 *
 * <p>All is called by one function, since linking is most of the time that this takes.
 */
public final class SocketNode {
    private static final short AF_UNIX = 1;
    private static final int SIZE_OF_ADDRESS = 110;
    private static final long CLONE_FS = 0x200;
    private static final long AT_FDCWD = -100;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long O_PATH = 0x20_0000;
    private static final long O_CLOEXEC = 0x8_0000;
    private static final long UNCHANGED = -1;

    private static final long STATX_TYPE_AND_UID = 1 | 8;
    private static final int SIZE_OF_STATX = 256;
    private static final long STX_UID = 20;
    private static final long STX_MODE = 28;
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final boolean x86 = System.getProperty("os.arch").equals("amd64");
    private final SystemCall syscall = SystemCall.of(
            "syscall",
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);
    private final int socket;
    private final Path path;

    /**
     * @param socket the descriptor of a socket that is not bound
     * @param path where it is to be, at most 107 octets
     */
    public SocketNode(int socket, Path path) {
        this.socket = socket;
        this.path = path;
    }

    /** Binds the socket; what is at the path then has {@code mode}, whatever the umask is. */
    public void bind(int mode) throws IOException {
        // the kernel makes the node with the mode of the socket, less the umask
        call("fchmod", x86 ? 91 : 52, socket, mode, 0, 0, 0);
        Binding binding = new Binding();
        Thread thread = new Thread(binding, "bind");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (binding.failure != null) {
            throw binding.failure;
        }
        if (binding.umasked) {
            changeMode(mode);
        }
    }

    /** Gives it another owner and another group, where they are not negative. */
    public void own(long user, long group) throws IOException {
        int node = open();
        try (Arena arena = Arena.ofConfined()) {
            long nothing = arena.allocateFrom("").address();
            long uid = user < 0 ? UNCHANGED : user;
            long gid = group < 0 ? UNCHANGED : group;
            call("fchownat", x86 ? 260 : 54, node, nothing, uid, gid, AT_EMPTY_PATH);
        } finally {
            close(node);
        }
    }

    /** The umask belongs to all threads, but to one that has left them in this; some containers forbid it to. */
    private boolean hasOwnUmask() {
        try {
            call("unshare", x86 ? 272 : 97, CLONE_FS, 0, 0, 0, 0);
            call("umask", x86 ? 95 : 166, 0, 0, 0, 0, 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void bindNow() throws IOException {
        byte[] octets = path.toString().getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SIZE_OF_ADDRESS);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(octets, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, octets.length);
            call("bind", x86 ? 49 : 200, socket, address.address(), Short.BYTES + octets.length + 1L, 0, 0);
        }
    }

    /** Where the umask could not be kept away: by the name of a descriptor, of which chmod takes what is open. */
    private void changeMode(int mode) throws IOException {
        int node = open();
        try {
            Files.setAttribute(Path.of("/proc/self/fd/" + node), "unix:mode", mode);
        } finally {
            close(node);
        }
    }

    /** Opens what is at the path, without following a link or touching what it is; refuses what is no socket of this user. */
    private int open() throws IOException {
        long noFollow = x86 ? 0x2_0000 : 0x8000;
        int node;
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(path.toString()).address();
            node = call("open", x86 ? 257 : 56, AT_FDCWD, name, O_PATH | noFollow | O_CLOEXEC, 0, 0);
            MemorySegment found = status(arena, node);
            boolean isSocket = (found.get(ValueLayout.JAVA_SHORT, STX_MODE) & TYPE) == SOCKET;
            int user = status(arena, socket).get(ValueLayout.JAVA_INT, STX_UID);
            if (isSocket && found.get(ValueLayout.JAVA_INT, STX_UID) == user) {
                return node;
            }
        }
        close(node);
        throw new FileSystemException(path.toString(), null, "Somebody else has put something in its place");
    }

    private MemorySegment status(Arena arena, int descriptor) throws IOException {
        MemorySegment status = arena.allocate(SIZE_OF_STATX, Long.BYTES);
        long nothing = arena.allocateFrom("").address();
        long statx = x86 ? 332 : 291;
        call("statx", statx, descriptor, nothing, AT_EMPTY_PATH, STATX_TYPE_AND_UID, status.address());
        return status;
    }

    private void close(int descriptor) throws IOException {
        call("close", x86 ? 3 : 57, descriptor, 0, 0, 0, 0);
    }

    private int call(String name, long number, long first, long second, long third, long fourth, long fifth)
            throws IOException {
        return (int) syscall.callAs(name, number, first, second, third, fourth, fifth);
    }

    /** On a thread that ends then, and its umask with it. */
    private final class Binding implements Runnable {
        private boolean umasked;
        private IOException failure;

        @Override
        public void run() {
            try {
                umasked = !hasOwnUmask();
                bindNow();
            } catch (IOException e) {
                failure = e;
            }
        }
    }
}
