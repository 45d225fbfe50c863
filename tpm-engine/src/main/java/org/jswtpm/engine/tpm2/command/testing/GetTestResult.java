package org.jswtpm.engine.tpm2.command.testing;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetTestResult: how the tests went. A TPM that failed one answers in failure mode, so here all is well.
 *
 * <p>Part 3, 10.4.
 */
public final class GetTestResult implements Command<Void, Void> {
    @Override
    public Void unmarshal(Handles handles, ParameterReader in) {
        return null;
    }

    @Override
    public Void execute(Void in, TpmState tpm) {
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        response.uint16(0).uint32(TpmRc.SUCCESS.value());
    }
}
