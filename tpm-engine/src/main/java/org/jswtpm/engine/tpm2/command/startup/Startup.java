package org.jswtpm.engine.tpm2.command.startup;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.StartupType;

/**
 * TPM2_Startup: what the TPM does with its state after power came back depends on it and on the shutdown before.
 *
 * <p>Part 3, 9.3. An unfitting locality answers TPM_RC_LOCALITY; Startup(STATE) without a Shutdown(STATE), or with an H-CRTM
 * where there was none before, answers TPM_RC_VALUE.
 */
public final class Startup implements Command<Startup.In, Void> {
    private static final int STARTUP_TYPE = 1;
    private static final int HCRTM_LOCALITY = 3;
    private static final byte[] NOTHING_MORE = new byte[0];

    record In(int startupType) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(TpmSu.unmarshal(in.at(STARTUP_TYPE)));
    }

    /**
     * Other than in libtpms a Startup that is refused leaves no trace: there it would take away the note that a protected
     * entity was used before the last disorderly shutdown, and a failed authorization could go uncounted.
     */
    @Override
    public Void execute(In in, TpmState tpm) {
        BootState boot = tpm.boot();
        check(tpm.locality() == 0 || tpm.locality() == HCRTM_LOCALITY, LOCALITY);
        int locality = boot.isHcrtmBeforeStartup() ? 0 : tpm.locality();
        int saved = boot.orderlyState();
        int previous = BootState.isOrderly(saved)
                ? saved & ~(BootState.PRE_STARTUP_FLAG | BootState.STARTUP_LOCALITY_3)
                : BootState.SU_NONE;
        if (in.startupType == BootState.SU_STATE) {
            check(previous == BootState.SU_STATE, VALUE.parameter(STARTUP_TYPE));
            boolean hadHcrtm = (saved & BootState.PRE_STARTUP_FLAG) != 0;
            check(boot.isHcrtmBeforeStartup() == hadHcrtm, VALUE.parameter(STARTUP_TYPE));
            boolean wasAtLocality3 = (saved & BootState.STARTUP_LOCALITY_3) != 0;
            check((locality == HCRTM_LOCALITY) == wasAtLocality3, LOCALITY);
        }
        tpm.lockout().noteUseBeforeStartup(saved == BootState.SU_DA_USED);
        boot.setStartupAtLocality3(locality == HCRTM_LOCALITY);
        boot.setPreviousOrderlyState(previous);
        boot.setStarted(true);
        start(tpm, type(in.startupType, previous), locality);
        return null;
    }

    private static StartupType type(int startupType, int previous) {
        if (previous != BootState.SU_STATE) {
            return StartupType.RESET;
        }
        return startupType == BootState.SU_STATE ? StartupType.RESUME : StartupType.RESTART;
    }

    private static void start(TpmState tpm, StartupType type, int locality) {
        BootState boot = tpm.boot();
        tpm.random().stir(NOTHING_MORE);
        boolean orderly = BootState.isOrderly(boot.previousOrderlyState());
        tpm.clock().startup(orderly);
        tpm.lockout().startup();
        tpm.updateTime();
        switch (type) {
            case RESET -> tpm.hierarchies().onReset(tpm.random());
            case RESTART -> tpm.hierarchies().onRestart();
            case RESUME -> tpm.hierarchies().onResume();
        }
        tpm.pcrs().startup(type, locality, boot.isHcrtmBeforeStartup());
        tpm.audit().startup(type);
        boot.count(type);
        tpm.ephemeralKeys().startup(type, tpm.random());
        tpm.sessions().startup(type);
        tpm.objects().startup(type);
        tpm.nv().startup(type, !orderly);
        boot.setOrderlyState(BootState.SU_NONE);
    }
}
