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
    private static final int INIT = 0x02;
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
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        theirs = pair.getSocket2();
        control.setOutboundFileDescriptors(theirs.getFileDescriptor());
        control(SET_DATA_FD);
        data = pair.getSocket1();
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
        buffer.clear().putInt(code);
        for (int word : words) {
            buffer.putInt(word);
        }
        write(control, buffer.flip());
        buffer.clear();
        if (control.read(buffer) < Integer.BYTES || buffer.getInt(0) != 0) {
            throw new IOException("control request " + code + " failed");
        }
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
