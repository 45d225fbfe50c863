package org.jswtpm.engine.tpm12.command.startup;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;

import java.io.IOException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.state.SavedState;

/**
 * TPM_SaveState: keeps what TPM_Startup(ST_STATE) takes up again.
 *
 * <p>Part 3, 3.3. TPM_FAIL if it cannot be kept.
 */
public final class SaveState implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        try {
            tpm.host().commit(StateKind.SAVE_STATE, SavedState.write(tpm));
        } catch (IOException e) {
            throw FAIL.exception();
        }
        tpm.stanyFlags().setStateSaved(true);
        return null;
    }
}
