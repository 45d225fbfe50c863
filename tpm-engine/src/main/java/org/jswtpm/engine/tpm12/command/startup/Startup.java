package org.jswtpm.engine.tpm12.command.startup;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_POSTINIT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.io.IOException;
import java.util.Optional;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.state.SavedState;

/**
 * TPM_Startup: how the TPM comes up.
 *
 * <p>Part 3, 3.2. A saved state that cannot be used takes the TPM into failure mode.
 */
public final class Startup implements Command<Startup.In, Void> {
    private static final int CLEAR = 1;
    private static final int STATE = 2;
    private static final int DEACTIVATED = 3;

    record In(int startupType) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(tpm.stanyFlags().isPostInitialise(), INVALID_POSTINIT);
        check(!tpm.selfTest().isFailed(), FAILEDSELFTEST);
        switch (in.startupType) {
            case CLEAR -> {
                boolean isDeactivated = tpm.permanentFlags().is(PermanentFlag.DEACTIVATED);
                tpm.stclearFlags().set(StclearFlag.DEACTIVATED, isDeactivated);
                tpm.nv().startClear();
            }
            case STATE -> resume(tpm);
            case DEACTIVATED -> tpm.stclearFlags().set(StclearFlag.DEACTIVATED, true);
            default -> throw BAD_PARAMETER.exception();
        }
        tpm.stanyFlags().startup();
        return null;
    }

    private static void resume(TpmState tpm) {
        try {
            Optional<byte[]> saved = tpm.host().load(StateKind.SAVE_STATE);
            if (saved.isPresent()) {
                SavedState.read(saved.get(), tpm);
                return;
            }
        } catch (IOException | StateException e) {
            // the same as no saved state: the guest asked to go on from what is not there
        }
        tpm.selfTest().fail();
        throw FAILEDSELFTEST.exception();
    }
}
