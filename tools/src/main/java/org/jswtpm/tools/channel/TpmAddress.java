package org.jswtpm.tools.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jswtpm.options.Numbers;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.log.Reason;

/** Where a TPM can be talked to. */
public sealed interface TpmAddress {
    /** A new connection. */
    TpmChannel connect() throws ChannelException;

    /** A Unix socket by its path. */
    record Unix(String path) implements TpmAddress {
        /** The size of sockaddr_un's path, with its zero. */
        private static final int MAX_PATH = 108;

        @Override
        public TpmChannel connect() throws ChannelException {
            if (path.getBytes(StandardCharsets.UTF_8).length >= MAX_PATH) {
                throw new ChannelException("Socket path is too long.");
            }
            try {
                SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
                socket.connect(UnixDomainSocketAddress.of(path));
                return new TpmChannel(socket);
            } catch (IOException e) {
                throw new ChannelException("Connect failed: " + Reason.of(e));
            }
        }
    }

    /** A TCP port; the addresses of the host are tried one after the other. */
    record Tcp(String host, int port) implements TpmAddress {
        private static final int MAX_PORT = 65535;

        /** Reads {@code [host][:port]}; a missing host is 127.0.0.1. */
        public static Tcp parse(String text, int defaultPort) throws UsageException {
            int colon = text.lastIndexOf(':');
            if (colon < 0) {
                return new Tcp(text, defaultPort);
            }
            String host = colon == 0 ? "127.0.0.1" : text.substring(0, colon);
            String number = text.substring(colon + 1);
            if (colon == 0 && number.isEmpty()) {
                return new Tcp(host, defaultPort);
            }
            long port = Numbers.unsigned(number);
            if (port == Numbers.NONE) {
                throw UsageException.of("Invalid port '" + number + "'");
            }
            if (port > MAX_PORT) {
                throw UsageException.of("Port '" + number + "' outside valid range.");
            }
            return new Tcp(host, (int) port);
        }

        @Override
        public TpmChannel connect() throws ChannelException {
            String reason = null;
            for (InetAddress address : addresses()) {
                try {
                    return new TpmChannel(SocketChannel.open(new InetSocketAddress(address, port)));
                } catch (IOException e) {
                    reason = Reason.of(e);
                }
            }
            throw new ChannelException(
                    "Could not connect to host '" + host + "' on port '" + port + "' using TCP socket: " + reason);
        }

        private InetAddress[] addresses() throws ChannelException {
            try {
                return InetAddress.getAllByName(host);
            } catch (UnknownHostException e) {
                throw new ChannelException("getaddrinfo failed on host '" + host + "': " + Reason.of(e));
            }
        }
    }

    /** A device that takes commands by write and gives responses by read, such as /dev/tpm0. */
    record Device(String path) implements TpmAddress {
        @Override
        public TpmChannel connect() throws ChannelException {
            try {
                return new TpmChannel(
                        FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE));
            } catch (IOException e) {
                throw new ChannelException("Unable to open device '" + path + "'.");
            }
        }
    }
}
