package org.jswtpm.server.data;

import java.nio.ByteBuffer;

/** How a TPM command can begin: with a tag, of either version of the TPM, or with the prefix of the TCG before it. */
final class CommandStart {
    private static final int PREFIX_CODE = 8;

    private static final int TAG_NO_SESSIONS = 0x8001;
    private static final int TAG_SESSIONS = 0x8002;
    private static final int TAG_RQU_COMMAND = 0x00C1;
    private static final int TAG_RQU_AUTH2_COMMAND = 0x00C3;

    private CommandStart() {}

    /** Whether a prefix stands at the beginning of a buffer that holds at least a command's header. */
    static boolean isPrefix(ByteBuffer buffer) {
        return buffer.getInt(0) == PREFIX_CODE;
    }

    /** Whether a tag stands at this place. */
    static boolean isTag(ByteBuffer buffer, int at) {
        return isTag(buffer.getShort(at) & 0xffff);
    }

    private static boolean isTag(int tag) {
        return tag == TAG_NO_SESSIONS || tag == TAG_SESSIONS || tag >= TAG_RQU_COMMAND && tag <= TAG_RQU_AUTH2_COMMAND;
    }

    /** Whether what stands between {@code at} and the buffer's position is nothing, a beginning, or as far as it goes like one. */
    static boolean mayBeAt(ByteBuffer buffer, int at) {
        int length = buffer.position() - at;
        if (length == 0) {
            return true;
        }
        int first = buffer.get(at) & 0xff;
        if (length == 1) {
            return first == TAG_NO_SESSIONS >> Byte.SIZE || first == 0;
        }
        if (isTag(buffer, at)) {
            return true;
        }
        boolean prefix = true;
        for (int i = 0; i < Math.min(length, Integer.BYTES); i++) {
            prefix &= buffer.get(at + i) == (i == Integer.BYTES - 1 ? PREFIX_CODE : 0);
        }
        return prefix;
    }
}
