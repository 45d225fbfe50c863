package org.jswtpm.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.BufferSize;
import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.socket.ReceivedDescriptor;

/**
 * Does what control requests ask for. One object serves all clients.
 *
 * <p>Order of the checks, as in swtpm: whether the TPM runs, the size of the request, its content.
 */
final class ControlCommands {
    private static final int INIT_DELETE_VOLATILE = 1;
    private static final int MAX_INFO_CHUNK = 3 * 1024;

    private final Platform platform;
    private final DataChannel dataChannel;

    ControlCommands(Platform platform, DataChannel dataChannel) {
        this.platform = platform;
        this.dataChannel = dataChannel;
    }

    /** Does what CMD_HASH_DATA asks for, with the part of its data that is here; 0 if more may follow. */
    int hash(byte[] data, int length) {
        if (!platform.isRunning()) {
            return ResultCode.BAD_ORDINAL;
        }
        return platform.hashData(data, length);
    }

    /**
     * Runs a request.
     *
     * @param body what came behind the code, at least as long as {@code code} asks for
     * @param descriptor what came with it, or null; the caller closes it
     * @param answer where the answer goes
     */
    void execute(ControlCode code, ByteBuffer body, ReceivedDescriptor descriptor, ByteBuffer answer)
            throws IOException {
        if (code.needsRunningTpm() && !platform.isRunning()) {
            answer.putInt(ResultCode.BAD_ORDINAL);
            return;
        }
        if (body.remaining() < code.bodySize() || code.isExact() && body.remaining() != code.bodySize()) {
            answer.putInt(ResultCode.BAD_PARAMETER);
            return;
        }
        switch (code) {
            case GET_CAPABILITY -> answer.putInt(ResultCode.SUCCESS).putInt(capabilities());
            case INIT -> answer.putInt(platform.powerOn((body.getInt() & INIT_DELETE_VOLATILE) != 0));
            case STOP -> {
                platform.powerOff();
                answer.putInt(ResultCode.SUCCESS);
            }
            case SHUTDOWN -> {
                platform.close();
                answer.putInt(ResultCode.SUCCESS);
            }
            case GET_TPM_ESTABLISHED ->
                answer.putInt(ResultCode.SUCCESS).putInt(platform.isEstablished() ? 1 << 24 : 0);
            case RESET_TPM_ESTABLISHED -> answer.putInt(platform.resetEstablished(body.get() & 0xff));
            case SET_LOCALITY -> answer.putInt(platform.setLocality(body.get() & 0xff));
            case HASH_START -> answer.putInt(platform.hashStart());
            case HASH_END -> answer.putInt(platform.hashEnd());
            case CANCEL_TPM_CMD -> answer.putInt(platform.cancel());
            case GET_CONFIG -> answer.putInt(ResultCode.SUCCESS).putInt(platform.keyFlags());
            case SET_DATA_FD -> answer.putInt(setDataDescriptor(descriptor));
            case SET_BUFFER_SIZE -> setBufferSize(body.getInt(), answer);
            case GET_INFO -> info(body.getLong(), body.getInt() & 0xffff_ffffL, answer);
            case LOCK_STORAGE -> answer.putInt(platform.lockStorage(body.getInt()));
            case STORE_VOLATILE -> answer.putInt(platform.storeVolatile());
            case HASH_DATA, GET_STATE_BLOB, SET_STATE_BLOB, UNKNOWN -> answer.putInt(ResultCode.BAD_ORDINAL);
        }
    }

    private int capabilities() {
        return platform.takesCommandHeader()
                ? ControlCode.CAPABILITIES
                : ControlCode.CAPABILITIES & ~ControlCode.SEND_COMMAND_HEADER;
    }

    private int setDataDescriptor(ReceivedDescriptor descriptor) throws IOException {
        if (!dataChannel.isFree()) {
            return ResultCode.IO_ERROR;
        }
        if (descriptor == null || !descriptor.isSocket()) {
            return ResultCode.BAD_PARAMETER;
        }
        return dataChannel.adopt(descriptor) ? ResultCode.SUCCESS : ResultCode.IO_ERROR;
    }

    private void setBufferSize(int requested, ByteBuffer answer) {
        if (requested != 0 && platform.isRunning()) {
            answer.putInt(ResultCode.BAD_ORDINAL);
            return;
        }
        BufferSize size = requested == 0 ? platform.bufferSize() : platform.setBufferSize(requested);
        answer.putInt(ResultCode.SUCCESS)
                .putInt(size.actual())
                .putInt(size.min())
                .putInt(size.max());
    }

    /** The text ends with a NUL, which counts in its length but is never asked for alone. */
    private void info(long flags, long offset, ByteBuffer answer) {
        byte[] text = platform.info(flags).getBytes(StandardCharsets.UTF_8);
        if (offset >= text.length) {
            answer.putInt(ResultCode.BAD_PARAMETER);
            return;
        }
        int rest = text.length + 1 - (int) offset;
        int chunk = Math.min(rest, MAX_INFO_CHUNK);
        answer.putInt(ResultCode.SUCCESS).putInt(text.length + 1).putInt(chunk);
        answer.put(text, (int) offset, Math.min(chunk, text.length - (int) offset));
        if (chunk == rest) {
            answer.put((byte) 0);
        }
    }
}
