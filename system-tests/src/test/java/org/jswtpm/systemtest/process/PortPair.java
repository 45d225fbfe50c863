package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Two neighbouring TCP ports, as the swtpm TCTI of tpm2-tss wants them.
 *
 * @param data the port of the data channel; the control channel is on the next
 */
public record PortPair(int data) {
    private static final int ATTEMPTS = 50;

    /** Two ports that were free a moment ago. */
    public static PortPair free() throws IOException {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket _ = new ServerSocket(first.getLocalPort() + 1, 1, first.getInetAddress())) {
                return new PortPair(first.getLocalPort());
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
