package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jswtpm.server.control.Patience.Progress;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.socket.ReceivedDescriptor;

/**
 * One client of the control channel: reads a request, answers it, and so on until the client goes.
 *
 * <p>A request has to be complete in time; else the connection is closed without an answer. What comes together with a
 * request belongs to it, so requests are not pipelined; both as in swtpm.
 */
final class ControlClient implements Runnable {
    private static final int CODE_SIZE = 4;
    /** The largest request that is taken in one piece: CMD_HASH_DATA with 4096 octets. */
    static final int MAX_REQUEST = CODE_SIZE + 4 + 4096;

    private static final int MAX_LOGGED = 1024;
    /** Who is silent for longer in the middle of a request has lost what it has done before. */
    private static final long STALL_NANOS = 1_000_000_000;

    private final Exchange exchange;
    private final ControlServer server;
    private final ControlCommands commands;
    private final Log log;

    private volatile Standing standing = Standing.NOTHING;
    private volatile boolean inRequest;
    private boolean beingServed;
    private boolean givenUp;

    /** These four are the thread's that serves it. */
    private ByteBuffer request;

    private ByteBuffer answer;
    private StateBlobs stateBlobs;
    private long begun;

    ControlClient(Exchange exchange, ControlServer server, ControlCommands commands, Log log) {
        this.exchange = exchange;
        this.server = server;
        this.commands = commands;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            RequestBuffers.Pair buffers = server.buffers().take();
            try {
                serve(buffers);
            } finally {
                server.buffers().giveBack(buffers);
            }
        } catch (IOException e) {
            log.say(" Control client lost: " + FailureReason.of(e));
        } catch (RuntimeException | Error e) {
            // such as no memory: this connection's matter alone
            log.fault("service of a control client", e);
        } finally {
            exchange.close();
            server.clientHasGone(this);
        }
    }

    private void serve(RequestBuffers.Pair buffers) throws IOException {
        request = buffers.request();
        answer = buffers.answer();
        stateBlobs = new StateBlobs(server.platform(), exchange, server.budget(), request, answer);
        boolean more = true;
        while (more && receive() && beginService()) {
            more = serve(ControlCode.of(request.getInt(0)));
        }
    }

    /** Whether this client has to make room before {@code other}. */
    boolean countsLessThan(ControlClient other, long now) {
        int compared = standing(now).compareTo(other.standing(now));
        return compared < 0 || compared == 0 && exchange.lastHeard() - other.exchange.lastHeard() < 0;
    }

    private Standing standing(long now) {
        if (inRequest && now - exchange.lastHeard() > STALL_NANOS) {
            return Standing.NOTHING;
        }
        return server.hasGivenTheDataConnection(this) ? Standing.CONNECTED : standing;
    }

    /** Ends the connection for another one's sake; false if its request is just being done. */
    boolean giveUp() {
        synchronized (this) {
            if (beingServed || givenUp) {
                return false;
            }
            givenUp = true;
        }
        log.say(" A control client that was silent is given up for another one.");
        exchange.giveUp();
        return true;
    }

    private synchronized boolean beginService() {
        beingServed = !givenUp;
        return beingServed;
    }

    private synchronized void endService() {
        beingServed = false;
    }

    /** The request has been done; what is left of it is the client's to read. */
    private void done(ControlCode code, int result) {
        if (result == ResultCode.SUCCESS && code == ControlCode.INIT) {
            standing = Standing.STARTED;
        } else if (standing == Standing.NOTHING) {
            standing = Standing.ASKED;
        }
        if (result == ResultCode.SUCCESS && code == ControlCode.SET_DATA_FD) {
            server.dataConnectionCameFrom(this);
        }
        endService();
    }

    /** Reads one request; false if the client went, or was too slow. */
    private boolean receive() throws IOException {
        request.clear();
        inRequest = false;
        if (!exchange.awaitRequest(request)) {
            return false;
        }
        inRequest = true;
        Progress progress = exchange.request();
        while (request.position() < needed() && request.hasRemaining()) {
            if (!exchange.awaitMore(request, progress)) {
                return false;
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
    private boolean serve(ControlCode code) throws IOException {
        begun = System.nanoTime();
        request.flip();
        dump("Ctrl Cmd:", request, code == ControlCode.SET_STATE_BLOB ? CODE_SIZE + code.bodySize() : MAX_LOGGED);
        request.position(CODE_SIZE);
        answer.clear();
        if (code == ControlCode.GET_STATE_BLOB || code == ControlCode.SET_STATE_BLOB) {
            closeDescriptor();
            return serveBlob(code);
        }
        execute(code);
        if (code == ControlCode.UNKNOWN) {
            log.say("Error: Unknown command: 0x" + Integer.toHexString(request.getInt(0)));
        }
        answer.flip();
        dump("Ctrl Rsp:", answer, MAX_LOGGED);
        int result = answer.getInt(0);
        done(code, result);
        log.answered(begun);
        exchange.send(answer);
        if (code == ControlCode.SHUTDOWN && result == ResultCode.SUCCESS) {
            server.shutDown();
            return false;
        }
        return true;
    }

    private void execute(ControlCode code) throws IOException {
        ReceivedDescriptor descriptor = exchange.takeDescriptor();
        try {
            if (code == ControlCode.HASH_DATA) {
                answer.putInt(hashData());
            } else {
                commands.execute(code, request, descriptor, answer);
            }
        } catch (RuntimeException | Error e) {
            log.fault("control request " + code, e);
            answer.clear().putInt(ResultCode.FAIL);
        } finally {
            if (descriptor != null) {
                descriptor.close();
            }
        }
    }

    private void closeDescriptor() throws IOException {
        ReceivedDescriptor descriptor = exchange.takeDescriptor();
        if (descriptor != null) {
            descriptor.close();
        }
    }

    /** Answers a request around a state blob, which is logged without the blob; false if it was the last one. */
    private boolean serveBlob(ControlCode code) throws IOException {
        // most of the time it is the client that is waited for, and an idle one may have to go
        endService();
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
        done(code, ResultCode.SUCCESS);
        return outcome == StateBlobs.Outcome.GO_ON;
    }

    /** CMD_HASH_DATA: hashes what is here, and what follows up to the length that was announced. */
    private int hashData() throws IOException {
        long rest = request.getInt() & 0xffff_ffffL;
        if (rest < request.remaining()) {
            return ResultCode.BAD_PARAMETER;
        }
        byte[] data = new byte[MAX_REQUEST];
        Progress progress = exchange.transfer();
        endService();
        while (true) {
            int length = request.remaining();
            request.get(data, 0, length);
            int result = commands.hash(data, length);
            rest -= length;
            if (result != ResultCode.SUCCESS || rest == 0) {
                return result;
            }
            request.clear().limit((int) Math.min(rest, MAX_REQUEST));
            if (!exchange.awaitMore(request, progress)) {
                return ResultCode.IO_ERROR;
            }
            request.flip();
        }
    }

    private void dump(String title, ByteBuffer octets, int open) {
        if (log.shows(1)) {
            byte[] shown = new byte[Math.min(octets.remaining(), MAX_LOGGED)];
            octets.get(octets.position(), shown);
            log.dump(title, shown, open);
            Arrays.fill(shown, (byte) 0);
        }
    }
}
