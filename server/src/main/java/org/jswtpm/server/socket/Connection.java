package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connected stream socket, used by one thread; {@link #hangUp} alone may come from another one. Buffers have to be
 * direct.
 */
public interface Connection extends AutoCloseable {
    /** Octets, waiting for the first one; -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException;

    /** Octets that are there already; 0 where there are none, -1 at the end of the stream. */
    int readNow(ByteBuffer target) throws IOException;

    /**
     * Octets of a message that may bring a descriptor, waiting for the first one; -1 at the end of the stream. A connection
     * that is read by this is otherwise only read and written by what does not wait.
     */
    default int receive(ByteBuffer target) throws IOException {
        return read(target);
    }

    /** Sends all that remains in {@code source}. */
    void write(ByteBuffer source) throws IOException;

    /** Sends of {@code source} what can be sent without waiting. */
    void writeNow(ByteBuffer source) throws IOException;

    /**
     * The descriptor that came with the octets of the last {@link #receive}; the caller has to close it. Whatever came
     * beside it, and with octets that were read otherwise, is closed already.
     *
     * @return null where there is none
     */
    default ReceivedDescriptor takeDescriptor() {
        return null;
    }

    /**
     * Ends the stream that comes in, so that whoever waits for it is woken. The descriptor stays open: closed by another
     * thread than the one that uses it, its number could be another connection's by the time of that one's next call.
     */
    void hangUp();

    /** Closes the connection. */
    @Override
    void close();
}
