package org.jswtpm.systemtest.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** A client of swtpm's control channel ({@code tpm_ioctl.h}): big-endian requests, answers that begin with a result. */
public final class ControlChannel implements AutoCloseable {
    private static final int GET_CAPABILITY = 0x01;
    private static final int INIT = 0x02;
    private static final int SHUTDOWN = 0x03;
    private static final int SET_LOCALITY = 0x05;
    private static final int HASH_START = 0x06;
    private static final int HASH_DATA = 0x07;
    private static final int HASH_END = 0x08;
    private static final int STOP = 0x0E;
    private static final int GET_CONFIG = 0x0F;
    private static final int SET_DATAFD = 0x10;

    private final SocketChannel socket;

    /** A control channel over a connected socket. */
    public ControlChannel(SocketChannel socket) {
        this.socket = socket;
    }

    /** CMD_GET_CAPABILITY: the capability bits. */
    public int capabilities() throws IOException {
        ByteBuffer answer = call(GET_CAPABILITY, new byte[0], 8);
        answer.getInt();
        return answer.getInt();
    }

    /** CMD_INIT without flags: its result, zero if the TPM runs. */
    public int init() throws IOException {
        return call(INIT, new byte[4], 4).getInt();
    }

    /** CMD_SET_LOCALITY: its result. */
    public int setLocality(int locality) throws IOException {
        return call(SET_LOCALITY, new byte[] {(byte) locality}, 4).getInt();
    }

    /** CMD_GET_CONFIG: which keys there are. */
    public int config() throws IOException {
        ByteBuffer answer = call(GET_CONFIG, new byte[0], 8);
        answer.getInt();
        return answer.getInt();
    }

    /** CMD_STOP: its result. */
    public int stop() throws IOException {
        return call(STOP, new byte[0], 4).getInt();
    }

    /** CMD_SHUTDOWN: its result. */
    public int shutdown() throws IOException {
        return call(SHUTDOWN, new byte[0], 4).getInt();
    }

    /** CMD_HASH_START, CMD_HASH_DATA and CMD_HASH_END: a dynamic measurement. */
    public void measure(byte[] data) throws IOException {
        ByteBuffer sized =
                ByteBuffer.allocate(4 + data.length).putInt(data.length).put(data);
        int result = call(HASH_START, new byte[0], 4).getInt()
                | call(HASH_DATA, sized.array(), 4).getInt()
                | call(HASH_END, new byte[0], 4).getInt();
        if (result != 0) {
            throw new AssertionError("the measurement is refused");
        }
    }

    /** CMD_SET_DATAFD with one end of a new socket pair; the other end is the data channel. */
    public TpmChannel openDataChannel() throws IOException {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        FileDescriptor theirs = pair.getSocket2().getFileDescriptor();
        ((AFUNIXSocketChannel) socket).setOutboundFileDescriptors(theirs);
        int result = call(SET_DATAFD, new byte[0], 4).getInt();
        new FileInputStream(theirs).close(); // the channel's own close() would shut the daemon's copy down, too
        if (result != 0) {
            pair.getSocket1().close();
            throw new AssertionError("CMD_SET_DATAFD answers 0x" + Integer.toHexString(result));
        }
        return new TpmChannel(pair.getSocket1());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private ByteBuffer call(int code, byte[] body, int answerLength) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(4 + body.length).putInt(code).put(body);
        Wire.write(socket, request.array());
        return Wire.read(socket, answerLength);
    }
}
