package org.jswtpm.server.socket;

import java.io.IOException;
import org.jswtpm.server.cli.Settings.Endpoint;

/** A listening socket. */
public interface Listener extends AutoCloseable {
    /** The next connection, waiting for it. */
    Connection accept() throws IOException;

    /** Whether {@link #close} has not been called. */
    boolean isOpen();

    /** Stops listening, and takes the path of a Unix socket away. */
    @Override
    void close();

    /**
     * Listens for the clients of the control channel.
     *
     * @throws IOException with a message for the user
     */
    static Listener ofControl(Endpoint endpoint) throws IOException {
        return open(endpoint, "control channel", true);
    }

    /**
     * Listens for the clients of the data channel. A client that is connected already may be any stream, such as a
     * character device.
     *
     * @throws IOException with a message for the user
     */
    static Listener ofData(Endpoint endpoint) throws IOException {
        return open(endpoint, "TPM commands", false);
    }

    private static Listener open(Endpoint endpoint, String what, boolean socketNeeded) throws IOException {
        return switch (endpoint.kind()) {
            case UNIX -> UnixListener.open(endpoint);
            case TCP -> TcpListener.open(endpoint);
            case LISTENING_FD -> InheritedListener.open(endpoint.fd(), what);
            case CONNECTED_FD -> InheritedConnection.open(endpoint.fd(), what, socketNeeded);
            case DEVICE, VTPM_PROXY -> throw new IllegalArgumentException("a device has to be opened first");
        };
    }
}
