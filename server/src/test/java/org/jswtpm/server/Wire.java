package org.jswtpm.server;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** One end of a stream socket, in hexadecimal digits; blanks in them do not count. */
public final class Wire implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Connects to a Unix socket, which may still have to appear. */
    public static Wire connect(Path path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                return new Wire(AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(path)));
            } catch (IOException e) {
                if (System.nanoTime() - start > 1_000_000L * PATIENCE_MILLIS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Over a connected socket. */
    public static Wire of(AFUNIXSocketChannel channel) throws IOException {
        return new Wire((AFUNIXSocket) channel.socket());
    }

    /** The next client of a server. */
    public static Wire accept(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        return new Wire(server.accept());
    }

    /**
     * A TCP port of this machine that was free a moment ago: below those that Linux gives to clients, one of which would
     * be connected to itself while nobody listens.
     */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(20_000, 32_000))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Connects to a TCP port of this machine on which somebody may still have to listen. */
    public static Wire connectPatiently(int port) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                return connect(port);
            } catch (IOException e) {
                if (System.nanoTime() - start > 1_000_000L * PATIENCE_MILLIS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Connects to a TCP port of this machine. */
    public static Wire connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        return new Wire(socket);
    }

    /** CMD_SET_DATAFD with one end of a pair of sockets; the other end. Fails if the answer is not 0. */
    public Wire setDataFd() throws IOException {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        AFUNIXSocket theirs = (AFUNIXSocket) pair.getSocket1().socket();
        String answer = askWithDescriptor("00000010", theirs.getFileDescriptor(), 4);
        // not AFUNIXSocket.close, which would shut the connection down for the receiver, too
        new FileOutputStream(theirs.getFileDescriptor()).close();
        if (!answer.equals("00000000")) {
            pair.getSocket2().close();
            throw new IOException("CMD_SET_DATAFD: " + answer);
        }
        return new Wire((AFUNIXSocket) pair.getSocket2().socket());
    }

    /** Sends octets together with a descriptor, and reads the answer. */
    public String askWithDescriptor(String request, FileDescriptor descriptor, int answerSize) throws IOException {
        ((AFUNIXSocket) socket).setOutboundFileDescriptors(descriptor);
        return ask(request, answerSize);
    }

    /** {@link #askWithDescriptor}, with as many as one message can have. */
    public String askWithDescriptors(String request, FileDescriptor[] descriptors, int answerSize) throws IOException {
        sendWithDescriptors(request, descriptors);
        return read(answerSize);
    }

    /** Sends octets together with descriptors. */
    public void sendWithDescriptors(String octets, FileDescriptor... descriptors) throws IOException {
        ((AFUNIXSocket) socket).setOutboundFileDescriptors(descriptors);
        send(octets);
    }

    /** Sends octets. */
    public void send(String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Reads so many octets. */
    public String read(int size) throws IOException {
        byte[] octets = socket.getInputStream().readNBytes(size);
        if (octets.length < size) {
            throw new EOFException("only " + HexFormat.of().formatHex(octets));
        }
        return HexFormat.of().formatHex(octets);
    }

    /** Sends a request and reads its answer. */
    public String ask(String request, int answerSize) throws IOException {
        send(request);
        return read(answerSize);
    }

    /** Sends a TPM command, whole, and reads the response by the size in its header. */
    public String command(String hex) throws IOException {
        send(hex);
        return response();
    }

    /** Reads a TPM response. */
    public String response() throws IOException {
        String header = read(10);
        return header + read(Integer.parseInt(header.substring(4, 12), 16) - 10);
    }

    /** The response code of {@link #command}. */
    public String codeOf(String hex) throws IOException {
        return command(hex).substring(12, 20);
    }

    /** Whether the other side closes the connection, without another octet. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether nothing comes for so long. */
    public boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // the other side has closed the connection, and so is ours: it has no time out any more
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
