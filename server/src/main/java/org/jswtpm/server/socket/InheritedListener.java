package org.jswtpm.server.socket;

import java.io.IOException;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;
import org.newsclub.net.unix.AFServerSocketChannel;
import org.newsclub.net.unix.AFSocketChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A socket that listened already when this process was started with it, by systemd's socket activation for example. Its
 * path, if it has one, is not ours to take away.
 */
final class InheritedListener implements Listener {
    private final AFServerSocketChannel<?> channel;

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
        return accepted instanceof AFUNIXSocketChannel unix
                ? new UnixConnection(unix)
                : DescriptorConnection.of(accepted);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
