package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two neighbouring TCP ports, as the swtpm TCTI of tpm2-tss wants them.
 *
 * @param data the port of the data channel; the control channel is on the next
 */
public record PortPair(int data) {
    private static final int ATTEMPTS = 50;

    // Below those that Linux gives to clients: nobody is given one of ours by chance, and who tries to connect to a
    // port on which nobody listens yet is never connected to itself.
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    /** Two ports that were free a moment ago. */
    public static PortPair free() throws IOException {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket _ = new ServerSocket(port, 1, loopback);
                    ServerSocket _ = new ServerSocket(port + 1, 1, loopback)) {
                return new PortPair(port);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The port of the control channel. */
    public int control() {
        return data + 1;
    }
}
