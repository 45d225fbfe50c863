package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INSUFFICIENT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.REFERENCE_H0;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;

/**
 * The handle area (Part 3, 5.4): first each handle must be one that the command's row allows, then each must refer to an
 * entity that is there.
 */
final class HandleStage {
    private static final Entity[] NO_ENTITIES = new Entity[0];

    private final TpmState tpm;

    HandleStage(TpmState tpm) {
        this.tpm = tpm;
    }

    void run(Exchange exchange) {
        CommandCode code = exchange.code;
        int count = code.handleCount();
        if (count == 0) {
            exchange.entities = NO_ENTITIES;
            return;
        }
        Handle[] handles = new Handle[count];
        for (int i = 0; i < count; i++) {
            check(exchange.in.remaining() >= Integer.BYTES, INSUFFICIENT.handle(i + 1));
            handles[i] = Handle.unmarshal(exchange.in);
            check(code.handle(i).type().allows(handles[i]), VALUE.handle(i + 1));
        }
        exchange.entities = new Entity[count];
        for (int i = 0; i < count; i++) {
            exchange.entities[i] = resolve(handles[i], code, i);
        }
    }

    private Entity resolve(Handle handle, CommandCode code, int index) {
        try {
            return tpm.entities().resolve(handle, code == CommandCode.EVICT_CONTROL);
        } catch (TpmException e) {
            TpmRc answer = new TpmRc(e.responseCode());
            throw (answer.equals(REFERENCE_H0) ? answer.at(index) : answer.handle(index + 1)).exception();
        }
    }
}
