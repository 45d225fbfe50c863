package org.jswtpm.server.socket;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.jswtpm.server.cli.Settings.Endpoint;

/** A TCP port of one address. */
final class TcpListener implements Listener {
    /** Who finds the queue full tries again after a second, so one that connects without end would lock others out. */
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel channel;

    private TcpListener(ServerSocketChannel channel) {
        this.channel = channel;
    }

    static TcpListener open(Endpoint endpoint) throws IOException {
        InetAddress address = address(endpoint);
        ServerSocketChannel channel;
        try {
            channel = ServerSocketChannel.open(
                    address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            if (!address.isAnyLocalAddress()) {
                throw new IOException(
                        "Could not open TCP socket " + endpoint.bindAddress() + " port " + endpoint.port()
                                + ": there is no IPv6 on this system; name an IPv4 address",
                        e);
            }
            // whoever comes is a client by IPv4, as the wildcard address of IPv6 takes them, too
            address = InetAddress.ofLiteral("0.0.0.0");
            channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
        }
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(address, endpoint.port()), BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "Could not open TCP socket " + endpoint.bindAddress() + " port " + endpoint.port() + ": "
                            + e.getMessage(),
                    e);
        }
        return new TcpListener(channel);
    }

    private static InetAddress address(Endpoint endpoint) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(endpoint.bindAddress());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Could not parse the bind address '" + endpoint.bindAddress()
                            + "'; it has to be an IPv4 or IPv6 address",
                    e);
        }
        if (!(address instanceof Inet6Address) || !address.isLinkLocalAddress()) {
            return address;
        }
        if (endpoint.interfaceName() == null) {
            throw new IOException("Missing interface name for link local address; give ifname=");
        }
        NetworkInterface scope = NetworkInterface.getByName(endpoint.interfaceName());
        if (scope == null) {
            throw new IOException("There is no network interface '" + endpoint.interfaceName() + "'");
        }
        return Inet6Address.getByAddress(null, address.getAddress(), scope);
    }

    @Override
    public Connection accept() throws IOException {
        return new TcpConnection(channel.accept());
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
