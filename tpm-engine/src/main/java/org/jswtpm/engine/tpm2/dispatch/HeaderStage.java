package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.BAD_TAG;
import static org.jswtpm.engine.tpm2.structure.TpmRc.COMMAND_CODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.COMMAND_SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.INITIALIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Commands;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.StructureTag;

/** The header of a command: its tag, its size, its code, and whether the TPM has been started (Part 3, 5.2 and 5.3). */
final class HeaderStage {
    static final int SIZE = 10;

    private final TpmState tpm;
    private final Commands commands = new Commands();

    HeaderStage(TpmState tpm) {
        this.tpm = tpm;
    }

    void run(Exchange exchange) {
        StructureTag tag = StructureTag.unmarshal(exchange.in);
        check(tag == StructureTag.NO_SESSIONS || tag == StructureTag.SESSIONS, BAD_TAG);
        exchange.hasSessions = tag == StructureTag.SESSIONS;
        long size = exchange.in.unsigned32();
        check(size == exchange.request.length && size <= tpm.bufferSize(), COMMAND_SIZE);
        CommandCode code = CommandCode.of(exchange.in.uint32());
        check(code != null && tpm.commands().isEnabled(code), COMMAND_CODE);
        exchange.code = code;
        exchange.command = commands.of(code);
        check(tpm.boot().isStarted() != (code == CommandCode.STARTUP), INITIALIZE);
    }
}
