package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.ReceivedDescriptor;

/**
 * One client of the control channel: reads a request, answers it, and so on until the client goes.
 *
 * <p>A request has to be complete 500 ms after its first octets; else the connection is closed without an answer. What
 * comes together with a request belongs to it, so requests are not pipelined; both as in swtpm.
 */
final class ControlClient implements Runnable {
    private static final int CODE_SIZE = 4;
    /** The largest request that is taken in one piece: CMD_HASH_DATA with 4096 octets. */
    private static final int MAX_REQUEST = CODE_SIZE + 4 + 4096;

    private static final int MAX_LOGGED = 1024;
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final long PAUSE_NANOS = 500_000;

    private final Connection connection;
    private final ControlServer server;
    private final ControlCommands commands;
    private final Log log;
    private final ByteBuffer request = ByteBuffer.allocateDirect(MAX_REQUEST);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(MAX_REQUEST);

    private final StateBlobs stateBlobs;

    ControlClient(Connection connection, ControlServer server, ControlCommands commands, Platform platform, Log log) {
        this.connection = connection;
        this.server = server;
        this.commands = commands;
        this.log = log;
        stateBlobs = new StateBlobs(platform, connection, request, answer);
    }

    @Override
    public void run() {
        try {
            while (receive()) {
                if (!serve()) {
                    return;
                }
            }
        } catch (IOException e) {
            log.say(" Control client lost: " + e.getMessage());
        } finally {
            connection.close();
            server.clientHasGone(this);
        }
    }

    /** Ends the connection. */
    void close() {
        connection.close();
    }

    /** Reads one request; false if the client went, or was too slow. */
    private boolean receive() throws IOException {
        request.clear();
        if (connection.read(request) < 0) {
            return false;
        }
        if (request.position() >= needed()) {
            return true;
        }
        long start = System.nanoTime();
        while (request.position() < needed() && request.hasRemaining()) {
            int count = connection.readNow(request);
            if (count < 0 || System.nanoTime() - start > PATIENCE_NANOS) {
                return false;
            }
            if (count == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    /** The size of the request in the buffer, as far as it can be told yet. */
    private long needed() {
        if (request.position() < CODE_SIZE) {
            return CODE_SIZE;
        }
        ControlCode code = ControlCode.of(request.getInt(0));
        long size = (long) CODE_SIZE + code.bodySize();
        if ((code == ControlCode.HASH_DATA || code == ControlCode.SET_STATE_BLOB) && request.position() >= size) {
            // the length of what follows is the last field
            size += request.getInt((int) size - Integer.BYTES) & 0xffff_ffffL;
        }
        return size;
    }

    /** Answers the request in the buffer; false if it was the last one. */
    private boolean serve() throws IOException {
        long begin = System.nanoTime();
        request.flip();
        ControlCode code = ControlCode.of(request.getInt(0));
        dump("Ctrl Cmd:", request, code == ControlCode.SET_STATE_BLOB ? CODE_SIZE + code.bodySize() : MAX_LOGGED);
        request.position(CODE_SIZE);
        answer.clear();
        ReceivedDescriptor descriptor = connection.takeDescriptor();
        if (code == ControlCode.GET_STATE_BLOB || code == ControlCode.SET_STATE_BLOB) {
            if (descriptor != null) {
                descriptor.close();
            }
            return serveBlob(code);
        }
        try {
            if (code == ControlCode.HASH_DATA) {
                answer.putInt(hashData());
            } else {
                commands.execute(code, request, descriptor, answer);
            }
        } catch (RuntimeException | Error e) {
            log.fault("control request " + code, e);
            answer.clear().putInt(ResultCode.FAIL);
        }
        if (descriptor != null && code != ControlCode.SET_DATA_FD) {
            descriptor.close();
        }
        if (code == ControlCode.UNKNOWN) {
            log.say("Error: Unknown command: 0x" + Integer.toHexString(request.getInt(0)));
        }
        answer.flip();
        dump("Ctrl Rsp:", answer, MAX_LOGGED);
        log.answered(begin);
        connection.write(answer);
        if (code == ControlCode.SHUTDOWN && answer.getInt(0) == ResultCode.SUCCESS) {
            server.shutDown();
            return false;
        }
        return true;
    }

    /** Answers a request around a state blob, which is logged without the blob; false if it was the last one. */
    private boolean serveBlob(ControlCode code) throws IOException {
        StateBlobs.Outcome outcome = StateBlobs.Outcome.GO_ON;
        try {
            if (code == ControlCode.GET_STATE_BLOB) {
                stateBlobs.get();
            } else {
                outcome = stateBlobs.set();
            }
        } catch (RuntimeException | Error e) {
            // how much of an answer has gone nobody knows
            log.fault("control request " + code, e);
            return false;
        }
        if (outcome == StateBlobs.Outcome.END_PROCESS) {
            server.shutDown();
        }
        return outcome == StateBlobs.Outcome.GO_ON;
    }

    /** CMD_HASH_DATA: hashes what is here, and what follows up to the length that was announced, without a time limit. */
    private int hashData() throws IOException {
        long rest = request.getInt() & 0xffff_ffffL;
        if (rest < request.remaining()) {
            return ResultCode.BAD_PARAMETER;
        }
        byte[] data = new byte[MAX_REQUEST];
        while (true) {
            int length = request.remaining();
            request.get(data, 0, length);
            int result = commands.hash(data, length);
            rest -= length;
            if (result != ResultCode.SUCCESS || rest == 0) {
                return result;
            }
            request.clear().limit((int) Math.min(rest, MAX_REQUEST));
            if (connection.read(request) < 0) {
                return ResultCode.IO_ERROR;
            }
            request.flip();
        }
    }

    private void dump(String title, ByteBuffer octets, int most) {
        if (log.shows(1)) {
            byte[] shown = new byte[Math.min(octets.remaining(), most)];
            octets.get(octets.position(), shown);
            log.dump(title, shown, shown.length);
        }
    }
}
