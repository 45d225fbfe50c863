package org.jswtpm.server.cli;

import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.EndpointKind;

/** {@code --ctrl}, {@code --server}, {@code --port} and {@code --fd}: where the two channels are. */
final class ChannelOptions {
    private static final int MAX_PORT = 0xffff;
    private static final int FIRST_FD = 3;

    private ChannelOptions() {}

    /** {@code --ctrl}. A descriptor comes before a path or port that is given as well. */
    static Endpoint ctrl(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("ctrl", text, KnownNames.ctrl());
        String type = options.string("type");
        if (type == null) {
            throw UsageException.of("Missing type parameter for control channel: type=unixio or type=tcp");
        }
        int fd = options.number("fd", -1);
        int clientFd = options.number("clientfd", -1);
        boolean terminate = options.flag("terminate", false);
        boolean unix = type.equals("unixio");
        if (!unix && !type.equals("tcp")) {
            throw UsageException.of("Unsupported control channel type: " + type + "; it is unixio or tcp");
        }
        if (fd >= 0) {
            return Endpoint.ofDescriptor(EndpointKind.LISTENING_FD, fd, terminate);
        }
        if (unix) {
            return clientFd >= 0
                    ? Endpoint.ofDescriptor(EndpointKind.CONNECTED_FD, clientFd, terminate)
                    : unix(options, "Missing path and fd options for UnixIO control channel", terminate);
        }
        int port = options.number("port", -1);
        if (port < 0) {
            throw UsageException.of("Missing port and fd options for TCP control channel");
        }
        return tcp(options, port, "TCP control channel port", terminate);
    }

    /** {@code --server}. The descriptor of a Unix socket listens, that of a TCP socket is connected, as with swtpm. */
    static Endpoint server(String text, boolean disconnect, String defaultPort) throws UsageException {
        SubOptions options = SubOptions.parse("server", text, KnownNames.server());
        String type = options.string("type");
        int fd = options.number("fd", -1);
        boolean flag = disconnect || options.flag("disconnect", false);
        if (type == null || type.equals("tcp")) {
            return fd >= 0
                    ? Endpoint.ofDescriptor(EndpointKind.CONNECTED_FD, fd, flag)
                    : tcp(options, port(options, defaultPort), "TCP socket port", flag);
        }
        if (type.equals("unixio")) {
            return fd >= 0
                    ? Endpoint.ofDescriptor(EndpointKind.LISTENING_FD, fd, flag)
                    : unix(options, "Missing path and file descriptor option for UnixIO socket", flag);
        }
        throw UsageException.of("Unsupported socket type: " + type + "; it is unixio or tcp");
    }

    /** {@code --fd}: a connection that is open already. */
    static Endpoint descriptor(String text, InterfaceType type) throws UsageException {
        int fd;
        try {
            fd = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            String what = type == InterfaceType.SOCKET ? "socket" : "character device";
            throw UsageException.of("Cannot parse " + what + " file descriptor '" + text + "'.");
        }
        if (fd < FIRST_FD) {
            throw UsageException.of("Error: Cannot accept file descriptors with values 0, 1, or 2");
        }
        return Endpoint.ofDescriptor(EndpointKind.CONNECTED_FD, fd, false);
    }

    /** The value of {@code --port}: decimal, or octal or hexadecimal with the prefixes of C. */
    static String port(String text) throws UsageException {
        long port;
        try {
            port = Long.decode(text);
        } catch (NumberFormatException e) {
            throw UsageException.of("Cannot parse socket port number '" + text + "'.");
        }
        if (port < 0 || port > MAX_PORT) {
            throw UsageException.of("Port " + text + " is outside valid range 0 to 65535.");
        }
        return Long.toString(port);
    }

    private static int port(SubOptions options, String defaultPort) throws UsageException {
        int port = options.number("port", -1);
        if (port != -1) {
            return port;
        }
        try {
            return Integer.parseInt(defaultPort == null ? "" : defaultPort.trim());
        } catch (NumberFormatException e) {
            throw UsageException.of("TPM_PORT is not set or contains an invalid integer value; give --server a port=");
        }
    }

    private static Endpoint unix(SubOptions options, String missing, boolean flag) throws UsageException {
        String path = options.string("path");
        if (path == null) {
            throw UsageException.of(missing);
        }
        return new Endpoint(
                EndpointKind.UNIX,
                path,
                0,
                null,
                null,
                -1,
                options.number("mode", 0770),
                options.string("uid"),
                options.string("gid"),
                flag);
    }

    private static Endpoint tcp(SubOptions options, int port, String what, boolean flag) throws UsageException {
        if (port < 0 || port > MAX_PORT) {
            throw UsageException.of(what + " outside valid range 0 to 65535");
        }
        String address = options.string("bindaddr");
        return new Endpoint(
                EndpointKind.TCP,
                null,
                port,
                address == null ? "127.0.0.1" : address,
                options.string("ifname"),
                -1,
                0,
                null,
                null,
                flag);
    }
}
