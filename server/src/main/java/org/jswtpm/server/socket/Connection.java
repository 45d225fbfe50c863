package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connected stream socket, used by one thread; {@link #close} alone may come from another one. Buffers have to be
 * direct.
 */
public interface Connection extends AutoCloseable {
    /** Octets, waiting for the first one; -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException;

    /** Octets that are there already; 0 where there are none, -1 at the end of the stream. */
    int readNow(ByteBuffer target) throws IOException;

    /** Sends all that remains in {@code source}. */
    void write(ByteBuffer source) throws IOException;

    /**
     * The descriptor that came with the octets read since the last call; the caller has to close it. Further ones are
     * closed here.
     *
     * @return null where there is none
     */
    ReceivedDescriptor takeDescriptor() throws IOException;

    /** Closes the connection; a thread that waits in it is woken. */
    @Override
    void close();
}
