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
     * Listens. A path that is there already, left over by a process that was killed, is taken away first.
     *
     * @throws IOException with a message for the user
     */
    static Listener open(Endpoint endpoint) throws IOException {
        return endpoint.isUnix() ? UnixListener.open(endpoint) : TcpListener.open(endpoint);
    }
}
