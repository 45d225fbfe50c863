package org.jswtpm.server.socket;

import java.io.IOException;
import org.newsclub.net.unix.AFUNIXSocket;

/** The native library behind Unix sockets and inherited descriptors. */
public final class SocketLibrary {
    private SocketLibrary() {}

    /** Loads it, if it is not loaded yet; after a change of the root its file is out of reach. */
    public static void load() throws IOException {
        if (!AFUNIXSocket.isSupported()) {
            throw new IOException("Error: The library for Unix sockets cannot be loaded.");
        }
    }
}
