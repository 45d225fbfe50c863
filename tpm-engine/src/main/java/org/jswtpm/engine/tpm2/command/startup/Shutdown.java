package org.jswtpm.engine.tpm2.command.startup;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.startup.BootState;

/**
 * TPM2_Shutdown: makes the state ready for a loss of power.
 *
 * <p>Part 3, 9.4. After TPM2_PCR_Allocate only Shutdown(CLEAR) is allowed; else TPM_RC_TYPE.
 */
public final class Shutdown implements Command<Shutdown.In, Void> {
    private static final int SHUTDOWN_TYPE = 1;

    record In(int shutdownType) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(TpmSu.unmarshal(in.at(SHUTDOWN_TYPE)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        boolean keepState = in.shutdownType == BootState.SU_STATE;
        check(!(keepState && tpm.pcrs().isReconfigured()), TYPE.parameter(SHUTDOWN_TYPE));
        tpm.lockout().shutdown(tpm.clock().time());
        if (keepState) {
            tpm.pcrs().save();
            tpm.changes().saveState();
        }
        tpm.orderlyChanged();
        tpm.boot().setOrderlyState(keepState ? BootState.SU_STATE | startupFlag(tpm.boot()) : BootState.SU_CLEAR);
        return null;
    }

    private static int startupFlag(BootState boot) {
        if (boot.isHcrtmBeforeStartup()) {
            return BootState.PRE_STARTUP_FLAG;
        }
        return boot.isStartupAtLocality3() ? BootState.STARTUP_LOCALITY_3 : 0;
    }
}
