package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;
import org.newsclub.net.unix.AFServerSocketChannel;
import org.newsclub.net.unix.AFSocketChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A socket that listened already when this process was started with it, by systemd's socket activation for example. It is
 * not ours to take away, nor its path, if it has one: the next start may be served from it.
 */
final class InheritedListener implements Listener {
    private final AFServerSocketChannel<?> channel;
    private volatile boolean open = true;

    private InheritedListener(AFServerSocketChannel<?> channel) {
        this.channel = channel;
    }

    static InheritedListener open(int fd, String what) throws IOException {
        FileDescriptorCast cast =
                FileDescriptorCast.using(InheritedDescriptor.ofSocket(fd, what).descriptor());
        AFServerSocketChannel<?> channel = cast.isAvailable(AFUNIXServerSocketChannel.class)
                ? cast.as(AFUNIXServerSocketChannel.class)
                : cast.as(AFServerSocketChannel.class);
        channel.setDeleteOnClose(false);
        channel.configureBlocking(true);
        return new InheritedListener(channel);
    }

    @Override
    public Connection accept() throws IOException {
        AFSocketChannel<?> accepted = channel.accept();
        if (!open) {
            accepted.close();
            throw new ClosedChannelException();
        }
        return accepted instanceof AFUNIXSocketChannel unix
                ? new UnixConnection(unix)
                : DescriptorConnection.of(accepted);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Leaves the socket open: the library would shut it down, which systemd notices and takes for a failure. */
    @Override
    public void close() {
        open = false;
    }
}
