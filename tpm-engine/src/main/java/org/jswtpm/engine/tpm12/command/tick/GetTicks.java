package org.jswtpm.engine.tpm12.command.tick;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.tick.Ticks;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetTicks: the current ticks.
 *
 * <p>Part 3, 23.1.
 */
public final class GetTicks implements Command<Void, Ticks> {
    @Override
    public Ticks execute(Void in, TpmState tpm, Authorizations auth) {
        tpm.ticks().update();
        return tpm.ticks();
    }

    @Override
    public void marshal(Ticks out, WireWriter response) {
        out.marshal(response);
    }
}
