package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.file.FileType;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorCast;

/** A Unix socket at a path. */
final class UnixListener implements Listener {
    /** The size of sun_path, with its NUL. */
    private static final int MAX_PATH = 108;

    /** A queue, so that clients which come at once are all served; swtpm has room for one. */
    private static final int BACKLOG = 16;

    /** The socket before it listened; kept, since its descriptor is closed once nothing refers to it. */
    private final AFUNIXDatagramSocket socket;

    private final AFUNIXServerSocketChannel channel;
    private final OwnFile file;

    private UnixListener(AFUNIXDatagramSocket socket, AFUNIXServerSocketChannel channel, OwnFile file) {
        this.socket = socket;
        this.channel = channel;
        this.file = file;
    }

    static UnixListener open(Endpoint endpoint) throws IOException {
        if (endpoint.path().getBytes(StandardCharsets.UTF_8).length >= MAX_PATH) {
            throw new IOException("Path for UnixIO socket is too long; it may have 107 bytes: " + endpoint.path());
        }
        Path path = Path.of(endpoint.path());
        // A server socket of junixsocket would listen with mode 0666 before it can get another one. What is called a
        // datagram socket here, but is not for datagrams, listens when it is told to.
        AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_STREAM);
        try {
            clear(path);
            socket.bind(AFUNIXSocketAddress.of(path));
            OwnFile file = OwnFile.at(path);
            own(path, endpoint);
            socket.listen(BACKLOG);
            AFUNIXServerSocketChannel channel =
                    FileDescriptorCast.using(socket.getFileDescriptor()).as(AFUNIXServerSocketChannel.class);
            channel.configureBlocking(true);
            return new UnixListener(socket, channel, file);
        } catch (IOException e) {
            socket.close();
            throw new IOException("Could not open UnixIO socket " + path + ": " + FailureReason.of(e), e);
        }
    }

    /** Takes away the socket of a process that is gone, or the empty file by which a script reserved its name. */
    private static void clear(Path path) throws IOException {
        FileType type = FileType.of(path, LinkOption.NOFOLLOW_LINKS);
        if (type == FileType.SOCKET || type == FileType.REGULAR && Files.size(path) == 0) {
            Files.deleteIfExists(path);
        } else if (type != FileType.NONE) {
            throw type.refusal(path, "a socket");
        }
    }

    private static void own(Path path, Endpoint endpoint) throws IOException {
        Files.setAttribute(path, "unix:mode", endpoint.mode());
        if (endpoint.uid() == null && endpoint.gid() == null) {
            return;
        }
        UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (endpoint.uid() != null) {
            view.setOwner(lookup.lookupPrincipalByName(endpoint.uid()));
        }
        if (endpoint.gid() != null) {
            view.setGroup(lookup.lookupPrincipalByGroupName(endpoint.gid()));
        }
    }

    @Override
    public Connection accept() throws IOException {
        return new UnixConnection(channel.accept());
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
            socket.close();
            file.remove();
        } catch (IOException e) {
            // the process ends, or a test does; there is nobody to tell
        }
    }
}
