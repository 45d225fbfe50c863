package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The sessions of the command that ran last: libtpms writes what it left in memory, auth values among them, and makes no use
 * of it. Read here for nothing, and written as of a TPM that has run none.
 */
final class CommandSessions {
    private static final int MAX_SESSIONS = 3;
    /** UNDEFINED_INDEX: no session decrypts, encrypts or audits. */
    private static final int NONE = 0xFFFF;

    private CommandSessions() {}

    static void read(StateReader outer) {
        StateReader in = outer.at("VOLATILE_STATE.sessionHandles").neededBlock();
        in.at("VOLATILE_STATE.sessionHandles, their number").count(MAX_SESSIONS);
        for (int i = 0; i < MAX_SESSIONS; i++) {
            in.at("VOLATILE_STATE.sessionHandles").octets(4 + 1 + 4);
            in.at("VOLATILE_STATE.nonceCaller").wire().sized2(TpmLimits.MAX_DIGEST_SIZE);
            in.at("VOLATILE_STATE.inputAuthValues").secret().close();
        }
        in.at("VOLATILE_STATE.sessionIndices").octets(4 + 4 + 4);
        in.at("VOLATILE_STATE.cpHashForCommandAudit").neededBlock().digest();
        in.at("VOLATILE_STATE.DAPendingOnNV").bool();
    }

    static void write(WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint16(MAX_SESSIONS);
        for (int i = 0; i < MAX_SESSIONS; i++) {
            out.uint32(0).uint8(0).uint32(0).uint16(0).uint16(0);
        }
        out.uint32(NONE).uint32(NONE).uint32(NONE);
        int cpHash = StateWriter.beginBlock(out);
        out.uint16(0);
        out.endSized2(cpHash);
        StateWriter.bool(out, false);
        out.endSized2(block);
    }
}
