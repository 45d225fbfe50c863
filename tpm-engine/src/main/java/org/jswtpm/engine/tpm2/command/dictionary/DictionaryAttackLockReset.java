package org.jswtpm.engine.tpm2.command.dictionary;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_DictionaryAttackLockReset: forgets the failed authorizations.
 *
 * <p>Part 3, 25.2.
 */
public final class DictionaryAttackLockReset implements Command<Handles, Void> {
    @Override
    public Handles unmarshal(Handles handles, ParameterReader in) {
        return handles;
    }

    @Override
    public Void execute(Handles in, TpmState tpm) {
        tpm.lockout().reset();
        return null;
    }
}
