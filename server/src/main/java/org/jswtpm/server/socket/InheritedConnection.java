package org.jswtpm.server.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/** A client that was connected already when this process was started with it: the only one there will be. */
final class InheritedConnection implements Listener {
    private Connection connection;
    private boolean open = true;

    private InheritedConnection(Connection connection) {
        this.connection = connection;
    }

    /** Over a Unix socket, descriptors can come; one for datagrams, as upstream's test_commandline hands down, is only read and written. */
    static InheritedConnection open(int fd, String what, boolean socketNeeded) throws IOException {
        FileDescriptor descriptor = (socketNeeded
                        ? InheritedDescriptor.ofAnySocket(fd, what)
                        : InheritedDescriptor.ofStream(fd, what))
                .descriptor();
        FileDescriptorCast cast = FileDescriptorCast.using(descriptor);
        if (!socketNeeded || !cast.isAvailable(AFUNIXSocketChannel.class)) {
            return new InheritedConnection(DescriptorConnection.of(descriptor));
        }
        AFUNIXSocketChannel channel = cast.as(AFUNIXSocketChannel.class);
        channel.configureBlocking(true);
        return new InheritedConnection(new UnixConnection(channel));
    }

    /** The connection, once. */
    @Override
    public synchronized Connection accept() throws IOException {
        Connection only = connection;
        connection = null;
        if (only != null) {
            return only;
        }
        open = false;
        throw new IOException("there is no further client");
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public synchronized void close() {
        open = false;
        if (connection != null) {
            connection.close();
        }
    }
}
