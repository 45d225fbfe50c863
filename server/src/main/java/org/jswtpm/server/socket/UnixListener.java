package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorCast;

/** A Unix socket at a path. */
final class UnixListener implements Listener {
    /** A queue, so that clients which come at once are all served; swtpm has room for one. */
    private static final int BACKLOG = 16;

    private static final int NOBODY = -1;

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
        if (endpoint.path().getBytes(StandardCharsets.UTF_8).length > SocketPlace.MAX_PATH) {
            throw new IOException("Path for UnixIO socket is too long; it may have " + SocketPlace.MAX_PATH + " bytes: "
                    + endpoint.path());
        }
        Path path = Path.of(endpoint.path());
        // A server socket of junixsocket would listen with mode 0666 before it can get another one. What is called a
        // datagram socket here, but is not for datagrams, listens when it is told to.
        AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_STREAM);
        try (SocketPlace place = SocketPlace.of(path, owner(socket))) {
            bind(socket, place.path(), endpoint);
            socket.listen(BACKLOG);
            place.moveTo(path);
            AFUNIXServerSocketChannel channel =
                    FileDescriptorCast.using(socket.getFileDescriptor()).as(AFUNIXServerSocketChannel.class);
            channel.configureBlocking(true);
            return new UnixListener(socket, channel, OwnFile.at(path));
        } catch (IOException e) {
            socket.close();
            throw new IOException("Could not open UnixIO socket " + path + ": " + FailureReason.of(e), e);
        }
    }

    private static void bind(AFUNIXDatagramSocket socket, Path path, Endpoint endpoint) throws IOException {
        socket.bind(AFUNIXSocketAddress.of(path));
        // junixsocket gives every socket the mode 0666 when it is bound
        Files.setAttribute(path, "unix:mode", endpoint.mode());
        if (endpoint.uid() != null || endpoint.gid() != null) {
            SocketOwner.set(path, endpoint.uid(), endpoint.gid());
        }
    }

    /** The user of this process, to whom its sockets belong; none if there is no /proc. */
    private static int owner(AFUNIXDatagramSocket socket) throws IOException {
        int number = FileDescriptorCast.using(socket.getFileDescriptor()).as(Integer.class);
        try {
            return (int) Files.getAttribute(Path.of("/proc/self/fd/" + number), "unix:uid");
        } catch (IOException e) {
            return NOBODY;
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
