package org.jswtpm.engine.tpm2.command.clock;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.TimeInfo;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ReadClock: Time and Clock.
 *
 * <p>Part 3, 29.1.
 */
public final class ReadClock implements Command<Void, TimeInfo> {
    @Override
    public Void unmarshal(Handles handles, ParameterReader in) {
        return null;
    }

    @Override
    public TimeInfo execute(Void in, TpmState tpm) {
        return tpm.timeInfo();
    }

    @Override
    public void marshal(TimeInfo out, WireWriter response) {
        out.marshal(response);
    }
}
