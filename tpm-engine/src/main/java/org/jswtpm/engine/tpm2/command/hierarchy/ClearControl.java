package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_FAIL;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmiYesNo;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ClearControl: disables TPM2_Clear, or enables it again.
 *
 * <p>Part 3, 24.7. Answers AUTH_FAIL if the lockout authorization is to enable it: that is for the platform.
 */
public final class ClearControl implements Command<ClearControl.In, Void> {
    private static final int DISABLE = 1;

    record In(Handle auth, boolean disable) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), TpmiYesNo.unmarshal(in.at(DISABLE)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(in.disable || !in.auth.equals(Handle.LOCKOUT), AUTH_FAIL);
        tpm.hierarchies().setClearDisabled(in.disable);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
