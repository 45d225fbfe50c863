package org.jswtpm.server.socket;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** A descriptor that a client sent with SCM_RIGHTS. It is open until someone closes it. */
public final class ReceivedDescriptor implements AutoCloseable {
    private final FileDescriptor descriptor;

    ReceivedDescriptor(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** The connection over this descriptor, which then owns it. */
    public Connection connect() throws IOException {
        return DescriptorConnection.of(descriptor);
    }

    @Override
    public void close() throws IOException {
        new FileOutputStream(descriptor).close();
    }
}
