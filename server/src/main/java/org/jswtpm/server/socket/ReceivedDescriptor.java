package org.jswtpm.server.socket;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.newsclub.net.unix.AFDatagramSocket;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.FileDescriptorCast;

/** A descriptor that a client sent with SCM_RIGHTS. It is open until someone closes it. */
public final class ReceivedDescriptor implements AutoCloseable {
    private final FileDescriptor descriptor;
    private boolean passedOn;

    ReceivedDescriptor(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Whether it is a socket. Nothing else is a channel to a guest, and of what else there is some never ends, such as
     * /dev/zero, and some cannot be read without waiting.
     */
    public boolean isSocket() throws IOException {
        FileDescriptorCast cast = FileDescriptorCast.using(descriptor);
        return cast.isAvailable(AFSocket.class) || cast.isAvailable(AFDatagramSocket.class);
    }

    /** The connection over this descriptor, which then owns it: {@link #close} does not close it any more. */
    public Connection connect() throws IOException {
        Connection connection = DescriptorConnection.of(descriptor);
        passedOn = true;
        return connection;
    }

    @Override
    public void close() throws IOException {
        if (!passedOn) {
            new FileOutputStream(descriptor).close();
        }
    }
}
