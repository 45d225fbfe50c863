package org.jswtpm.distribution;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** The client's end of a running daemon, used as QEMU uses it: a control channel, and a data channel handed over it. */
final class Daemon implements AutoCloseable {
    static final int GET_CAPABILITY = 0x01;
    static final int INIT = 0x02;
    private static final int SHUTDOWN = 0x03;
    private static final int STOP = 0x0E;
    private static final int SET_DATA_FD = 0x10;
    private static final int HEADER = 10;

    private final AFUNIXSocketChannel control;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);
    private AFUNIXSocketChannel data;
    /** Junixsocket shuts a socket down when it closes it, for the daemon's descriptor too: so it stays open. */
    private AFUNIXSocketChannel theirs;

    private Daemon(AFUNIXSocketChannel control) {
        this.control = control;
    }

    /** Connects as soon as the socket is there: it listens by then. */
    static Daemon connect(Path socket, Process process) throws IOException {
        return connect(socket, process.toHandle());
    }

    /** {@link #connect(Path, Process)}, for a daemon that another process has started. */
    static Daemon connect(Path socket, ProcessHandle process) throws IOException {
        while (process.isAlive()) {
            if (Files.exists(socket)) {
                return new Daemon(AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(socket)));
            }
            Thread.onSpinWait();
        }
        throw new IOException("the daemon has ended");
    }

    /** CMD_SET_DATAFD with one end of a socket pair; the other one is the data channel. */
    void openDataChannel() throws IOException {
        expectSuccess(SET_DATA_FD, offerDataChannel());
    }

    /** {@link #openDataChannel}, which the daemon may refuse: its result. */
    int offerDataChannel() throws IOException {
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        control.setOutboundFileDescriptors(pair.getSocket2().getFileDescriptor());
        int result = ask(SET_DATA_FD);
        if (result == 0) {
            theirs = pair.getSocket2();
            data = pair.getSocket1();
        } else {
            pair.close();
        }
        return result;
    }

    /** CMD_INIT. */
    void init() throws IOException {
        control(INIT, 0);
    }

    /** CMD_STOP. */
    void stop() throws IOException {
        control(STOP);
    }

    /** CMD_SHUTDOWN. */
    void shutDown() throws IOException {
        control(SHUTDOWN);
    }

    /** Any request of the control channel; its answer has to begin with success. */
    void control(int code, int... words) throws IOException {
        expectSuccess(code, ask(code, words));
    }

    private static void expectSuccess(int code, int result) throws IOException {
        if (result != 0) {
            throw new IOException("control request " + code + " failed with " + result);
        }
    }

    /** Any request of the control channel: the result that its answer begins with. */
    int ask(int code, int... words) throws IOException {
        send(code, words);
        buffer.clear();
        if (control.read(buffer) < Integer.BYTES) {
            throw new EOFException("the daemon closed the control channel instead of an answer to " + code);
        }
        return buffer.getInt(0);
    }

    /** Any request of the control channel, whose answer nobody awaits. */
    void send(int code, int... words) throws IOException {
        buffer.clear().putInt(code);
        for (int word : words) {
            buffer.putInt(word);
        }
        write(control, buffer.flip());
    }

    /** Sends a command to the TPM and returns the whole answer, whatever its response code. */
    ByteBuffer execute(byte[] command) throws IOException {
        write(data, ByteBuffer.wrap(command));
        buffer.clear();
        while (buffer.position() < HEADER || buffer.position() < buffer.getInt(2)) {
            if (data.read(buffer) < 0) {
                throw new EOFException("the daemon closed the data channel");
            }
        }
        byte[] answer = new byte[buffer.flip().remaining()];
        buffer.get(answer);
        return ByteBuffer.wrap(answer);
    }

    private static void write(ByteChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    @Override
    public void close() throws IOException {
        if (data != null) {
            data.close();
            theirs.close();
        }
        control.close();
    }
}
