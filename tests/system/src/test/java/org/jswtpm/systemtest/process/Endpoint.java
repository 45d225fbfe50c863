package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** Where a daemon listens. */
public sealed interface Endpoint {
    /** A new connection. */
    SocketChannel connect() throws IOException;

    /** A Unix socket by its path. */
    record Unix(Path path) implements Endpoint {
        @Override
        public SocketChannel connect() throws IOException {
            return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
        }
    }

    /** A TCP port. */
    record Tcp(String address, int port) implements Endpoint {
        /** A port of the loopback interface. */
        public Tcp(int port) {
            this("127.0.0.1", port);
        }

        @Override
        public SocketChannel connect() throws IOException {
            return SocketChannel.open(new InetSocketAddress(address, port));
        }
    }
}
