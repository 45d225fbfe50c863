package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
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
        AFUNIXSocketAddress target = address.startsWith("@")
                ? AFUNIXSocketAddress.inAbstractNamespace(address.substring(1))
                : AFUNIXSocketAddress.of(Path.of(address));
        try (AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open()) {
            channel.connect(target);
            channel.write(ByteBuffer.wrap("READY=1".getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
