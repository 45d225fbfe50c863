package org.jswtpm.server.socket;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The datagram socket of sd_notify(3). */
public final class NotifySocket {
    private NotifySocket() {}

    /**
     * Tells the service manager that the service is ready.
     *
     * @param address the value of NOTIFY_SOCKET: a path, or a name in the abstract namespace behind an {@code @}
     */
    public static void sendReady(String address) throws IOException {
        byte[] ready = "READY=1".getBytes(StandardCharsets.US_ASCII);
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            AFUNIXSocketAddress target = address.startsWith("@")
                    ? AFUNIXSocketAddress.inAbstractNamespace(address.substring(1))
                    : AFUNIXSocketAddress.of(Path.of(address));
            socket.send(new DatagramPacket(ready, ready.length, target));
        }
    }
}
