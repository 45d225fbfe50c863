package org.jswtpm.tools;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The other end of a Unix socket: awaits octets of a known length, answers with octets written out in the test, and so on.
 * An answer of null closes the connection, after which the next one is accepted.
 */
public final class PeerSocket implements AutoCloseable {
    private final ServerSocketChannel server;
    private final CompletableFuture<List<String>> requests;

    /** A request of {@code length} octets and its answer in hexadecimal. */
    public record Exchange(int length, String answer) {}

    public PeerSocket(Path path, Exchange... exchanges) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        requests = CompletableFuture.supplyAsync(() -> serve(exchanges));
    }

    private List<String> serve(Exchange[] exchanges) {
        List<String> seen = new ArrayList<>();
        SocketChannel connection = null;
        try {
            for (Exchange exchange : exchanges) {
                if (connection == null) {
                    connection = server.accept();
                }
                byte[] request = Channels.newInputStream(connection).readNBytes(exchange.length());
                seen.add(HexFormat.of().formatHex(request));
                if (exchange.answer() == null) {
                    connection.close();
                    connection = null;
                } else {
                    connection.write(ByteBuffer.wrap(HexFormat.of().parseHex(exchange.answer())));
                }
            }
            return seen;
        } catch (IOException e) {
            throw new IllegalStateException("after " + seen, e);
        }
    }

    /** The requests in hexadecimal, once all have come. */
    public List<String> requests() {
        return requests.join();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
